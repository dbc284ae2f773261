using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca.Priors;

/// <summary>What people last said of the cause of one incident.</summary>
/// <param name="IncidentId">The incident, 1 to 64 characters; a later word on it takes the place of this one.</param>
/// <param name="Scope">Its scope.</param>
/// <param name="At">When it was said, UTC.</param>
/// <param name="Causes">The causes it judges, 1 to 2: the true one, if it was named, and the one that was blamed.</param>
/// <remarks>
/// On the topic <c>signals</c> it is a batch of the source <see cref="Source"/> with an event a cause: the event's UID
/// is the incident, its reason <c>Cause</c> and the verdict, its message the fault class.
/// </remarks>
public sealed record CauseFeedback(
    string IncidentId, Scope Scope, DateTimeOffset At, ImmutableArray<JudgedCause> Causes)
{
    /// <summary>The only source whose events are people's words; a cluster's own events are not believed.</summary>
    public const string Source = "alerting";

    private const string Prefix = "Cause";
    private const int LengthMax = 64;
    private const int CauseCountMax = 2;

    /// <summary>Reads the words of a batch.</summary>
    /// <param name="batch">Any batch.</param>
    /// <param name="malformedCount">Words that make no sense; they are left out.</param>
    /// <returns>Words in the order they stand; none of another source.</returns>
    public static ImmutableArray<CauseFeedback> In(SignalBatch batch, out int malformedCount)
    {
        malformedCount = 0;
        if (batch.Source != Source || batch.Events.IsEmpty)
        {
            return [];
        }

        var said = ImmutableArray.CreateBuilder<CauseFeedback>();
        foreach (var word in batch.Events.GroupBy(seen => seen.Uid, StringComparer.Ordinal))
        {
            JudgedCause?[] causes = [.. word.Select(CauseOrNull)];
            if (word.Key.Length is 0 or > LengthMax || causes.Length > CauseCountMax || causes.Contains(null))
            {
                malformedCount++;
                continue;
            }

            said.Add(new CauseFeedback(word.Key, batch.Scope, word.Max(seen => seen.Time), [.. causes.OfType<JudgedCause>()]));
        }

        return said.ToImmutable();
    }

    /// <summary>The word as it stands on the topic <c>signals</c>.</summary>
    /// <returns>A batch that <see cref="In"/> reads as this word.</returns>
    public SignalBatch ToBatch() => new()
    {
        Scope = Scope,
        Source = Source,
        Events =
        [
            .. Causes.Select(cause => new KubeEvent(
                At, IncidentId, cause.Entity, cause.Entity, Prefix + cause.Verdict, cause.FaultClass, IsWarning: false, CountDelta: 1)),
        ],
    };

    private static JudgedCause? CauseOrNull(KubeEvent seen)
    {
        var verdicts = Enum.GetValues<CauseVerdict>();
        var index = Array.FindIndex(verdicts, verdict => seen.Reason == Prefix + verdict);
        return index < 0 || seen.Message.Length > LengthMax ? null : new JudgedCause(seen.Entity, seen.Message, verdicts[index]);
    }
}
