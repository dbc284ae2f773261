using CaaS.Rca.Topology;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests.Topology;

public sealed class OperationBookTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly EntityRef Cart = new(Scope.Default, "shop", EntityKinds.Deployment, "cart");

    private readonly RcaOptions _options = new();
    private readonly OperationBook _book;

    public OperationBookTests() => _book = new OperationBook(_options);

    [Fact]
    public void What_is_served_is_an_operation_and_what_is_called_is_none()
    {
        _book.Fold(Of("GET /items", SpanKind.Server), Start);
        _book.Fold(Of("GET /items", SpanKind.Server), Start);
        _book.Fold(Of("orders", SpanKind.Consumer), Start);
        _book.Fold(Of("GET /stock", SpanKind.Client), Start);
        _book.Fold(Of("", SpanKind.Server), Start);

        Assert.Equal([(Cart, "GET /items"), (Cart, "orders")], _book.All);
    }

    [Fact]
    public void Names_with_ids_in_them_do_not_fill_the_memory()
    {
        for (var id = 0; id < 1000; id++)
        {
            _book.Fold(Of($"GET /items/{id}", SpanKind.Server), Start);
        }

        Assert.Equal((100, 900), (_book.All.Count(), _book.DroppedCount));

        _options.MaxCalls = 100;
        _book.Fold(Of("GET /items", SpanKind.Server) with { Entity = Cart with { Name = "other" } }, Start);

        Assert.Equal((100, 901), (_book.All.Count(), _book.DroppedCount));
    }

    [Fact]
    public void What_is_not_served_any_more_is_forgotten_and_leaves_room()
    {
        _options.MaxCalls = 1;
        _book.Fold(Of("GET /items", SpanKind.Server), Start);
        _book.Sweep(Start + _options.Retention);
        Assert.Single(_book.All);

        _book.Sweep(Start + _options.Retention + TimeSpan.FromSeconds(1));
        _book.Fold(Of("GET /cart", SpanKind.Server), Start);

        Assert.Equal([(Cart, "GET /cart")], _book.All);
    }

    [Fact]
    public void The_snapshot_shows_an_operation_below_its_workload()
    {
        var engine = new RcaEngine(_options, Scope.Default);
        var pod = Cart with { Kind = EntityKinds.Pod, Name = "cart-1" };
        engine.Step(0, new SignalBatch
        {
            Scope = Scope.Default,
            Source = "test",
            Objects = [new KubeObject(Start, pod, "u", "1", false, [], System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty, [new(RelationKind.Owns, Cart, pod)])],
            Spans = [Of("GET /items", SpanKind.Server) with { Entity = pod }],
        }, [], Start);

        var snapshot = engine.Snapshot(Start);

        Assert.Contains(snapshot.Nodes, node => node.Entity.ToString() == "shop/Operation/cart GET /items");
        Assert.Contains(snapshot.Edges, edge => edge.Kind == RelationKind.Owns && edge.From == Cart && edge.To.Kind == EntityKinds.Operation);
    }

    private static Span Of(string name, SpanKind kind) =>
        new("t", $"s{name}", "", Cart, "", name, kind, Start, 1, false, "");
}
