using System.Globalization;
using CaaS.Signals;

namespace CaaS.Alerting.Feedback;

/// <summary>How a command becomes a person's word.</summary>
internal static class FeedbackMaking
{
    private const int NoteLengthMax = 1000;
    private const int ClassLengthMax = 64;
    private const int RankMax = 10; // As many causes as an incident lists.

    /// <summary>Reads a command.</summary>
    /// <returns>The word, or null and why it makes no sense.</returns>
    public static (IncidentFeedback? Feedback, string Why) Of(Command command, DateTimeOffset now)
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
                verdict == FeedbackVerdict.Confirmed ? rank : 0, note, now), "");
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
