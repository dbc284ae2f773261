using CaaS.Rca.Topology;
using CaaS.Signals;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Rca.Tests.Topology;

public class FlowBookTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly EntityRef Policy = new(Scope.Default, "shop", EntityKinds.NetworkPolicy, "deny");

    [Fact]
    public void What_the_destination_denies_was_not_allowed_by_the_source()
    {
        var book = Book(Flow(1, isAtDestination: false, count: 10), Flow(1, isAtDestination: true, isDenied: true, count: 10));

        var window = Assert.Single(Assert.Single(book.All).Windows);
        Assert.Equal((0L, 10L), (window.Allowed, window.Denied));
        Assert.Equal(1, Assert.Single(book.Denied).DeniedShare(Start));
    }

    [Fact]
    public void Connections_of_both_sides_are_not_added_up()
    {
        var book = Book(
            Flow(1, isAtDestination: false, count: 10), Flow(1, isAtDestination: true, count: 8), Flow(1, isAtDestination: false, isDenied: true, count: 5));

        var window = Assert.Single(Assert.Single(book.All).Windows);
        Assert.Equal((10L, 5L), (window.Allowed, window.Denied));
    }

    [Fact]
    public void A_refusal_begins_where_it_was_counted_first_and_begins_anew_after_a_pause()
    {
        var book = Book(Flow(1), Flow(5, isDenied: true), Flow(3, isDenied: true), Flow(6, isDenied: true));
        var version = book.Version;

        var denial = Assert.Single(Assert.Single(book.Denied).Denials);
        Assert.Equal((Policy, Start.AddMinutes(2), Start.AddMinutes(3), Start.AddMinutes(6), 3L), (denial.Policy, denial.Since, denial.FirstEnd, denial.Until, denial.Count));
        Assert.True(Assert.Single(book.All).WasAllowedBefore(denial.FirstEnd));

        book.Fold(Flow(30, isDenied: true));

        Assert.Equal(Start.AddMinutes(29), Assert.Single(Assert.Single(book.Denied).Denials).Since);
        Assert.True(book.Version > version);
    }

    [Fact]
    public void Flows_nobody_sees_any_more_are_forgotten()
    {
        var book = Book(Flow(1), Flow(2, isDenied: true));

        book.Sweep(Start.AddMinutes(20));
        Assert.Single(book.All);
        book.Sweep(Start.AddMinutes(40));

        Assert.Empty(book.All);
        Assert.Empty(book.Denied);
        Assert.Empty(book.To(Shop("payment")));
    }

    [Fact]
    public void Too_many_peers_outside_are_one_and_too_many_edges_are_counted()
    {
        var options = new RcaOptions { MaxFlows = 600 };
        var book = new FlowBook(options, new LiveGraph(options));
        for (var index = 0; index < 1000; index++)
        {
            book.Fold(Flow(1) with { To = new EntityRef(Scope.Default, "-", EntityKinds.External, $"{index}.example") });
        }

        Assert.Equal(501, book.All.Count);
        Assert.Equal(500, book.All.Single(flow => flow.To.Name == "others").Windows[0].Allowed);
        for (var index = 0; index < 200; index++)
        {
            book.Fold(Flow(1) with { To = Shop($"s{index}") });
        }

        Assert.Equal((600, 101L), (book.All.Count, book.DroppedCount));
        book.Sweep(Start.AddHours(2));
        Assert.Empty(book.All);
    }

    [Property(MaxTest = 200)]
    public void Order_changes_neither_edges_nor_counts(NonEmptyArray<(byte Minute, bool IsAtDestination, bool IsDenied, byte Count)> parts)
    {
        var flows = parts.Get.Select(part => Flow(part.Minute % 30, part.IsAtDestination, part.IsDenied, part.Count)).ToArray();

        var forward = Assert.Single(Book(flows).All);
        var backward = Assert.Single(Book([.. flows.Reverse()]).All);

        Assert.Equal(forward.Windows.Select(Show), backward.Windows.Select(Show));
        Assert.All(forward.Windows, window => Assert.True(window.Allowed >= 0 && window.Start <= window.End));
        Assert.InRange(forward.DeniedShare(Start.AddDays(-1)), 0, 1);

        static string Show(FlowWindow window) => $"{window.Start:O} {window.End:O} {window.Allowed} {window.Denied} {window.Packets}";
    }

    private static FlowBook Book(params FlowRecord[] flows)
    {
        var options = new RcaOptions();
        var book = new FlowBook(options, new LiveGraph(options));
        foreach (var flow in flows)
        {
            book.Fold(flow);
        }

        return book;
    }

    private static FlowRecord Flow(int minute, bool isAtDestination = false, bool isDenied = false, long count = 1) => new(
        Start.AddMinutes(minute), TimeSpan.FromMinutes(1), Shop("checkout"), Shop("payment"), 80, isAtDestination, count, 100, 10, 0, 0, isDenied,
        isDenied ? Policy.ToString() : "");

    private static EntityRef Shop(string name) => new(Scope.Default, "shop", EntityKinds.Deployment, name);
}
