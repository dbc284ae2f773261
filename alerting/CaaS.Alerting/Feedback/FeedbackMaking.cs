using System.Collections.Immutable;
using System.Globalization;
using CaaS.Rca.Priors;
using CaaS.Signals;

namespace CaaS.Alerting.Feedback;

/// <summary>How a command becomes a person's word.</summary>
internal static class FeedbackMaking
{
    private const int NoteLengthMax = 1000;
    private const int ClassLengthMax = 64;
    private const int RankMax = 10; // As many causes as an incident lists.

    /// <summary>Reads a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="alert">What it is about, as it was told.</param>
    /// <param name="now">When it was asked, UTC.</param>
    /// <returns>The word, or null and why it makes no sense.</returns>
    public static (IncidentFeedback? Feedback, string Why) Of(Command command, Alert alert, DateTimeOffset now)
    {
        var note = command.Arguments.GetValueOrDefault("note", "").Trim();
        var faultClass = command.Arguments.GetValueOrDefault("faultClass", "").Trim();
        var cause = command.Arguments.GetValueOrDefault("entity", "").Trim();
        var word = command.Arguments.GetValueOrDefault("verdict", "");
        FeedbackVerdict? verdict = word switch
        {
            "confirmed" => FeedbackVerdict.Confirmed,
            "wrong" => FeedbackVerdict.Wrong,
            "noise" => FeedbackVerdict.Noise,
            _ => null,
        };
        var hasEntity = EntityRef.TryParse(command.Scope, cause, out var entity);
        var place = command.Arguments.GetValueOrDefault("rank", "");
        _ = int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var rank);
        var why = verdict is null ? "Feedback is confirmed, wrong or noise."
            : note.Length > NoteLengthMax ? $"A note has at most {NoteLengthMax} characters."
            : faultClass.Length > ClassLengthMax ? $"A fault class has at most {ClassLengthMax} characters."
            : cause.Length > 0 && !hasEntity ? "A cause is written namespace/Kind/name."
            : verdict == FeedbackVerdict.Confirmed && (!hasEntity || rank is < 1 or > RankMax)
                ? "To confirm names a cause that is listed."
            : "";
        return why.Length > 0
            ? (null, why)
            : (new IncidentFeedback(
                command.Target, command.Actor, verdict!.Value, hasEntity ? entity : null, faultClass,
                verdict == FeedbackVerdict.Confirmed ? rank : 0, note, now, alert.Confidence), "");
    }

    /// <summary>The word as cause analysis learns from it: what was named as the cause, and what was blamed
    /// instead.</summary>
    /// <param name="said">The word.</param>
    /// <param name="alert">What was told: its cause is the one that was blamed.</param>
    public static CauseFeedback Judge(IncidentFeedback said, Alert alert)
    {
        var isNothingBlamed = said.Verdict == FeedbackVerdict.Noise || alert.FaultClass.Length == 0;
        var blamed = new JudgedCause(
            alert.Entity, alert.FaultClass, isNothingBlamed ? CauseVerdict.Withdrawn : CauseVerdict.Wrong);
        ImmutableArray<JudgedCause> causes = said.Verdict == FeedbackVerdict.Noise || said.Entity is not { } entity ? [blamed]
            : said.Rank == 1 || (entity == blamed.Entity && said.FaultClass == blamed.FaultClass)
                ? [new JudgedCause(entity, said.FaultClass, CauseVerdict.Confirmed)]
            : [new JudgedCause(entity, said.FaultClass, CauseVerdict.Confirmed), blamed];
        return new CauseFeedback(said.IncidentId, alert.Scope, said.At, causes);
    }

    /// <summary>The word as a comment.</summary>
    public static string Say(IncidentFeedback feedback)
    {
        var cause = $"{feedback.Entity} {feedback.FaultClass}".Trim();
        var said = feedback.Verdict switch
        {
            FeedbackVerdict.Confirmed => $"Confirmed: {cause}.",
            FeedbackVerdict.Wrong when cause.Length > 0 => $"Wrong cause; it was {cause}.",
            FeedbackVerdict.Wrong => "Wrong cause.",
            _ => "Noise: nobody should have been told.",
        };
        return feedback.Note.Length == 0 ? said : $"{said} {feedback.Note}";
    }
}
