using CaaS.Analytics.Text;
using CaaS.Rca;

namespace CaaS.Api.Similar;

/// <summary>What is asked of the texts when an incident is looked at, and the text that is made of one.</summary>
/// <remarks>
/// Weights say what matters to who reads it; thresholds were set on the recorded incidents against the documents of the
/// tests, half-way between the weakest that belongs and the strongest that does not.
/// </remarks>
internal static class IncidentQuestions
{
    // A cause that is much less likely than the first would only bring in its own runbooks.
    private const double SecondCauseAt = 0.5;

    /// <summary>Which runbooks fit: those of its fault or with its signs, better those that name where it is.</summary>
    public static TextQuestion ForDocuments(Incident incident)
    {
        var parts = new List<QuestionPart>();
        foreach (var cause in Causes(incident))
        {
            var share = cause.Confidence / Math.Max(1e-9, incident.Hypotheses[0].Confidence);
            parts.Add(QuestionPart.Words(FaultWords.Name(cause.FaultClass), 3 * share, isKey: true));
            parts.Add(QuestionPart.Words(FaultWords.Of(cause.FaultClass), 1.5 * share, isKey: true));
            parts.Add(QuestionPart.Words(cause.Entity.Name, share) with { IsBonus = true });
        }

        parts.Add(QuestionPart.Words(string.Join('\n', Signs(incident)), 2, isKey: true));
        parts.Add(QuestionPart.Words(Story(incident), 1));
        return new TextQuestion([.. parts], FitsAt: 0.3, MayFitAt: 0.25, KeyAt: 0.3) { ShadeAt = 0.6 };
    }

    /// <summary>Which incidents are like it: of its fault, of its cause, with its symptoms in its places.</summary>
    public static TextQuestion ForIncidents(Incident incident)
    {
        var parts = new List<QuestionPart>();
        if (incident.Hypotheses.Length > 0)
        {
            var cause = incident.Hypotheses[0];
            parts.Add(QuestionPart.Whole([cause.FaultClass], 3, isKey: true));
            parts.Add(QuestionPart.Whole([cause.Entity.ToString()], 2));
        }

        parts.Add(QuestionPart.Whole(Marks(incident), 2, isKey: true));
        parts.Add(QuestionPart.Words(string.Join('\n', Signs(incident)), 1));
        parts.Add(QuestionPart.Words(Story(incident), 1));
        return new TextQuestion([.. parts], FitsAt: 0.5, MayFitAt: 0.3, KeyAt: 0.3);
    }

    /// <summary>The text an incident is found by.</summary>
    public static TextDocument Document(Incident incident)
    {
        var labels = new List<string>();
        if (incident.Hypotheses.Length > 0)
        {
            labels.Add(incident.Hypotheses[0].FaultClass);
            labels.Add(incident.Hypotheses[0].Entity.ToString());
        }

        return new TextDocument(
            incident.Id,
            incident.Title,
            [.. labels.Concat(Marks(incident)).Distinct(StringComparer.Ordinal)],
            [new TextSection("", $"{Story(incident)}\n{string.Join('\n', Signs(incident))}")]);
    }

    private static IEnumerable<Hypothesis> Causes(Incident incident) => incident.Hypotheses
        .Where(cause => cause.Confidence >= SecondCauseAt * incident.Hypotheses[0].Confidence)
        .DistinctBy(cause => cause.FaultClass).Take(2);

    /// <summary>What is wrong where, as one label each.</summary>
    private static IEnumerable<string> Marks(Incident incident)
    {
        const int MaxMarks = 16;
        return incident.Symptoms.Select(symptom => $"{symptom.Signal} of {symptom.Entity}")
            .Distinct(StringComparer.Ordinal).Take(MaxMarks);
    }

    /// <summary>Reasons and codes it names; those of a change name what was changed, not what is wrong.</summary>
    private static IEnumerable<string> Signs(Incident incident)
    {
        const int MaxSigns = 24;
        var texts = Reasons(incident).Where(evidence => evidence.Kind != EvidenceKind.Change).Select(evidence => evidence.Text)
            .Concat(incident.Symptoms.SelectMany(symptom => new[] { symptom.Signal, symptom.Text }));
        return Mentions.In(string.Join('\n', texts), MaxSigns)
            .Where(mention => mention.Kind is MentionKind.Reason or MentionKind.Code).Select(mention => mention.Text);
    }

    private static string Story(Incident incident) =>
        string.Join('\n', Reasons(incident).Select(evidence => evidence.Text).Prepend(incident.Verdict));

    private static IEnumerable<Evidence> Reasons(Incident incident)
    {
        const int MaxReasons = 8;
        return incident.Hypotheses.Take(1).SelectMany(cause => cause.Evidence)
            .Where(evidence => evidence.Weight > 0 && evidence.Kind != EvidenceKind.Feedback).Take(MaxReasons);
    }
}
