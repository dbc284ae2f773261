using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Ingest.Tests.History;

/// <summary>Draws signals from a small world, so that things meet: few entities, few words, times that
/// repeat.</summary>
internal sealed class Scripted(int seed)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Words = ["Timeout", "ÉCHEC", "it's", "100%", "under_score", "ok", "\"quoted\"", "日本"];

    private readonly Random _random = new(seed);

    public static Scope[] Scopes { get; } = [Scope.Default, new("acme", "eu-1")];

    public Random Random => _random;

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    public string Text() => string.Join(' ', Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Pick(Words)));

    public EntityRef Entity(Scope scope) =>
        new(scope, Pick(["shop", "-"]), Pick(["Deployment", "Node"]), Pick(["a", "b", "c/d"]));

    public SeriesKey Series(Scope scope)
    {
        var labels = Enumerable.Range(0, _random.Next(3)).Select(i => new Label($"l{i}", Pick(["", "x", "q\"uo'te"])));
        return new SeriesKey(Entity(scope), Pick(["cpu_seconds_total", "memory_bytes"]), labels, MetricKind.Counter);
    }

    public SignalBatch Batch(DateTimeOffset now)
    {
        var scope = Pick(Scopes);
        DateTimeOffset Time() => now.AddMilliseconds(_random.Next(-600_000, 60_000) / 1000 * 1000).AddTicks(_random.Next(3));
        var metrics = new MetricColumnsBuilder();
        for (var row = _random.Next(40); row > 0; row--)
        {
            metrics.Add(Series(scope), Time().ToUnixTimeMilliseconds(), Pick([1, 2, 3.5, 100, double.NaN, 0]));
        }

        return new SignalBatch
        {
            Scope = scope,
            Source = "script",
            Metrics = metrics.Drain(),
            Logs = Many(() => new LogRecord(
                Time(), Entity(scope), "pod-1", "main", Pick(Enum.GetValues<Severity>()), Text(), "", "", [new("k", Text())])),
            Events = Many(() => new KubeEvent(
                Time(), "uid", Entity(scope), Entity(scope), Pick(["BackOff", "Killing"]), Text(), _random.Next(2) == 0, 1)),
            Changes = Many(() => new ChangeEvent(
                Time(), Entity(scope), Pick(Enum.GetValues<ChangeKind>()), Text(), Text(), Text(), "3", "")),
            Objects = Many(() => new KubeObject(
                Time(),
                Entity(scope),
                Text(),
                $"{_random.Next()}",
                _random.Next(3) == 0,
                [new("app", Text())],
                ImmutableSortedDictionary<string, string>.Empty.Add("phase", Text()),
                [new Relation(RelationKind.Owns, Entity(scope), Entity(scope))])),
        };
    }

    private ImmutableArray<T> Many<T>(Func<T> one) => [.. Enumerable.Range(0, _random.Next(4)).Select(_ => one())];
}
