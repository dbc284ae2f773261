using System.Collections.Immutable;
using CaaS.Rca.Inquiry;

namespace CaaS.Rca.Tests.Inquiry;

/// <summary>Small cases to ask the inquiry about; random only by a seed.</summary>
internal static class Cases
{
    /// <summary>Six hundred seconds with the onset in the middle.</summary>
    public const double Onset = 300;

    /// <summary>A series that is noise around a level and moves to another level at a time.</summary>
    public static SeriesFact Series(int entity, string name, Meaning meaning, double level, double after, double from = Onset, int seed = 1)
    {
        var random = new Random(seed + (17 * entity) + name.Length);
        double[] times = [.. Enumerable.Range(0, 600).Select(second => (double)second)];
        return new SeriesFact(entity, name, meaning, times,
            [.. times.Select(time => (time >= from ? after : level) + (0.02 * level * (random.NextDouble() - 0.5)))]);
    }

    /// <summary>Three services in a chain, five-minute rows: a day of calm, then two rows that hurt.</summary>
    public static CauseCase Chain(double[] extra, bool newCallee = false)
    {
        var random = new Random(5);
        double[] times = [.. Enumerable.Range(0, 100).Select(row => row * 300.0)];
        var series = ImmutableArray.CreateBuilder<SeriesFact>();
        for (var entity = 0; entity < extra.Length; entity++)
        {
            var own = entity;
            double Level(int row) => 0.1 + (0.002 * random.NextDouble()) + (row is 97 or 98 ? extra[own] : 0);
            var fresh = newCallee && entity == extra.Length - 1;
            series.Add(new SeriesFact(entity, "latency", Meaning.Latency, times,
                [.. Enumerable.Range(0, 100).Select(row => fresh && row < 97 ? double.NaN : Level(row))]));
            series.Add(new SeriesFact(entity, "requests", Meaning.Load, times, [.. times.Select(_ => 100.0)]));
        }

        ImmutableArray<string> names = [.. Enumerable.Range(0, extra.Length).Select(entity => $"service-{(char)('a' + entity)}")];
        return new CauseCase(names, times[97])
        {
            Calls = [.. Enumerable.Range(1, extra.Length - 1).Select(callee => new CallLink(callee - 1, callee))],
            Series = series.ToImmutable(),
            Symptom = new SymptomFact(0, Meaning.Latency),
        };
    }

    /// <summary>Requests from a front to a back, before and after the onset.</summary>
    public static CauseCase Requests(EventNames names, Func<int, bool, string[]> backLines, Func<bool, (double Way, double Inside)>? seconds = null, int count = 60)
    {
        var (spans, lines) = (new List<SpanFact>(), new List<LineFact>());
        for (var request = 0; request < 2 * count; request++)
        {
            var after = request >= count;
            var start = after ? Onset + (request - count) : 100 + request;
            var trace = $"t{request}";
            var (way, inside) = seconds?.Invoke(after) ?? (0.002, 0.010);
            string[] written = backLines(request, after);
            spans.Add(new SpanFact(trace, "a", string.Empty, 0, "GET /", start, 0.03 + way + inside));
            spans.Add(new SpanFact(trace, "b", "a", 0, "call back", start + 0.01, way + inside));
            spans.Add(new SpanFact(trace, "c", "b", 1, "/work", start + 0.01 + (way / 2), inside));
            spans.Add(new SpanFact(trace, "d", "a", 0, "call side", start + 0.02 + way + inside, 0.004));
            spans.Add(new SpanFact(trace, "e", "d", 2, "/side", start + 0.021 + way + inside, 0.002));
            for (var line = 0; line < written.Length; line++)
            {
                lines.Add(new LineFact(trace, "c", start + 0.01 + (way / 2) + (0.001 * (line + 1)), written[line]));
            }

            // The front notices that the back did not finish, and says so itself.
            lines.Add(new LineFact(trace, "a", start + 0.028 + way + inside, written.Contains("done") ? "answered" : "could not answer"));
        }

        return new CauseCase(["front", "back", "side"], Onset) { Visits = VisitReader.Read(spans, lines, names) };
    }

    /// <summary>Names in the order of the ranking.</summary>
    public static string[] Ranking(CauseCase @case, EventNames? names = null) =>
        [.. CauseFinder.Find(@case, new CauseOptions(), names).Suspects.Select(suspect => @case.Entities[suspect.Entity])];
}
