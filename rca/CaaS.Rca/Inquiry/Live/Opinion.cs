using System.Globalization;
using CaaS.Rca.Findings;
using CaaS.Signals;

namespace CaaS.Rca.Inquiry.Live;

/// <summary>What the inquiry makes of an open incident: one voice among the others when its causes are ranked.</summary>
/// <remarks>
/// Its weights were fitted on simulated incidents, those of the fault classes were set by hand: two models that err
/// differently, so their logarithms are added (a logarithmic opinion pool, Genest and Zidek 1986), and this one may say
/// no more than <see cref="CauseOptions.MostNats"/>.
/// </remarks>
internal sealed class Opinion
{
    private const int ReasonCount = 2;
    private const double Tail = 0.05;
    private readonly Dictionary<EntityRef, (double Nats, string Statement)> _byEntity = [];

    private Opinion(LiveCase live, Verdict verdict, DateTimeOffset at, double mostNats)
    {
        (At, Completeness, Check) = (at, verdict.Completeness, verdict.Check);
        Onset = Range(live.Case, verdict.Onset);
        var ruledOut = verdict.RuledOut.ToLookup(one => one.Entity, one => one.Reason);
        for (var place = 0; place < verdict.Suspects.Length; place++)
        {
            var suspect = verdict.Suspects[place];
            var nats = Math.Log(Math.Max(suspect.Confidence, double.Epsilon) * live.Entities.Count);
            string[] reasons =
            [
                .. ruledOut[suspect.Entity],
                .. suspect.Clues.Where(clue => clue.Weight > 0).Select(clue => clue.Statement),
            ];
            _byEntity[live.Entities[suspect.Entity]] = (
                Math.Round(Math.Clamp(nats, -mostNats, mostNats), 3),
                string.Create(CultureInfo.InvariantCulture, $"""
                    Number {place + 1} of {live.Entities.Count} entities weighed by how each looks and what it explains ({suspect.Confidence * 100:0} %){(reasons.Length > 0 ? ": " : "")}{string.Join(' ', reasons.Take(ReasonCount)).TrimEnd('.')}
                    """));
        }
    }

    /// <summary>When it was formed, UTC.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Share of what would tell causes apart that was measured, 0 to 1.</summary>
    public double Completeness { get; }

    /// <summary>What would best tell the first two apart; empty when all of it is known.</summary>
    public string Check { get; }

    /// <summary>Where the onset lies; null when no series tells.</summary>
    public OnsetRange? Onset { get; }

    /// <summary>Forms an opinion; null while nobody feels anything.</summary>
    public static Opinion? Of(CaseFile file, CauseOptions options)
    {
        if (CaseWriter.Write(file) is not { } live)
        {
            return null;
        }

        return new Opinion(live, CauseFinder.Find(live.Case, options, live.Names), file.Now, options.MostNats);
    }

    /// <summary>What it says for the first of some entities against any other of the case, nats, and why; the loudest of
    /// them speaks, and nothing is said of one it does not know.</summary>
    public (double Nats, string Statement) Of(IEnumerable<EntityRef> entities) =>
        entities.Select(entity => _byEntity.TryGetValue(entity, out var said) ? said : (Nats: 0, Statement: ""))
            .MaxBy(said => said.Nats);

    private static OnsetRange? Range(CauseCase @case, OnsetPosterior onset)
    {
        var steps = @case.Series.Select(series => series.Times).FirstOrDefault(times => times.Length > 1);
        if (onset.Times.Length < 2 || steps is null)
        {
            return null;
        }

        // What a step counts lies between the end of the one before it and its own.
        return new OnsetRange(Instant(onset.Quantile(Tail) - (steps[1] - steps[0])), Instant(onset.Quantile(1 - Tail)));

        static DateTimeOffset Instant(double seconds) =>
            DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000));
    }
}
