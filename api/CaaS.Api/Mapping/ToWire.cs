using System.Text.Json;
using CaaS.Alerting;
using CaaS.Alerting.Feedback;
using CaaS.Analytics.Backtests;
using CaaS.Analytics.Models;
using CaaS.Analytics.Text;
using CaaS.History;
using CaaS.Orchestration;
using CaaS.Rca;
using CaaS.Rca.Topology;
using CaaS.Signals;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Mapping;

/// <summary>How the nouns of the stages are shown to programs. Enumerations share their numbers, which a test
/// holds.</summary>
internal static class ToWire
{
    public static string Camel<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static Wire.Alert Of(Alert alert) => new(
        alert.Id, alert.Scope.ToString(), alert.Revision, (Wire.AlertStatus)alert.Status,
        (Wire.IncidentSeverity)alert.Severity, (Wire.IncidentStatus)alert.IncidentStatus, alert.Title, alert.Verdict,
        alert.Entity.ToString(), alert.FaultClass, Finite(alert.Confidence) ?? 0, alert.Count, alert.OpenedAt,
        alert.ChangedAt, alert.ResolvedAt, alert.Assignee, alert.SilencedUntil, alert.SilencedBy,
        alert.Comments.Length, alert.Usefulness?.Probability, alert.Usefulness?.Model ?? "");

    public static Wire.Comment Of(AlertComment comment) => new(comment.Time, comment.Actor, comment.Text);

    public static Wire.Silence Of(Silence silence) => new(
        silence.Id, silence.Scope.ToString(), silence.IncidentId, silence.Entity?.ToString(), silence.From,
        silence.Until, silence.Actor, silence.Reason);

    public static Wire.Notification Of(Notification notification) => new(
        notification.Id, notification.AlertId, notification.Receiver, (Wire.NotificationReason)notification.Reason,
        notification.Text, notification.At, notification.SentAt, notification.Attempts, notification.Error);

    public static Wire.Incident Of(Incident incident) => new(
        incident.Id, incident.Scope.ToString(), incident.Revision, (Wire.IncidentStatus)incident.Status,
        (Wire.IncidentSeverity)incident.Severity, incident.OpenedAt, incident.Onset, incident.ChangedAt,
        incident.ResolvedAt, incident.MergedInto, incident.Title, incident.Verdict,
        (Wire.VerdictState)incident.VerdictState, [.. incident.Hypotheses.Select(Of)],
        [.. incident.RuledOut.Select(Of)], [.. incident.Symptoms.Select(Of)], [.. incident.Timeline.Select(Of)],
        [.. incident.Affected.Select(entity => entity.ToString())], [.. incident.MissingData])
    {
        Impacted = [.. incident.Impacted.Select(entity => entity.ToString())],
        Harms = [.. incident.Harms.Select(Of)],
        Completeness = Finite(incident.Completeness),
        NextCheck = incident.NextCheck,
        OnsetEarliest = incident.OnsetRange?.Earliest,
        OnsetLatest = incident.OnsetRange?.Latest,
    };

    public static Wire.Feedback Of(IncidentFeedback said) => new(
        said.IncidentId, said.Actor, (Wire.FeedbackVerdict)said.Verdict, said.Entity?.ToString() ?? "", said.FaultClass,
        said.Rank, said.Note, said.At);

    public static Wire.Accuracy Of(Accuracy accuracy) => new(
        Of(accuracy.First), Of(accuracy.FirstThree), accuracy.Listed, accuracy.Noise, accuracy.Disputed,
        Finite(accuracy.Confidence), Of(accuracy.Believed));

    public static Wire.Share Of(Share share) => new(share.Count, share.Of, share.Low, share.High);

    public static Wire.ModelVersion Of(ModelVersion version)
    {
        var (standing, manifest) = (version.Standing, version.Manifest);
        return new Wire.ModelVersion(
            standing.Version, (Wire.ModelState)standing.State, standing.Since, standing.Reason, version.Damage,
            manifest?.TrainedAt, manifest?.TrainedTo, manifest?.Positive, manifest?.Negative, manifest?.Unlabelled,
            manifest?.Seed, manifest?.Parent,
            standing.Trial is { } trial
                ? new Wire.ModelTrial(
                    trial.Count, trial.Positive, trial.Loss, trial.RivalLoss, trial.Rival, Finite(trial.GainLow))
                : null);
    }

    public static Wire.Operation Of(Operation operation) => new(
        operation.Id, operation.Scope.ToString(), operation.IncidentId, operation.Policy,
        (Wire.OperationKind)operation.Kind, operation.Target.ToString(), operation.Parameters, operation.Reason,
        (Wire.OperationStatus)operation.Status, operation.Revision, operation.ProposedAt, operation.ExpiresAt,
        [.. operation.Checks.Select(check => new Wire.OperationCheck(check.Name, check.Ok, check.Text))],
        operation.Diff, operation.Undo, operation.VerifyBy,
        [
            .. operation.History.Select(step => new Wire.OperationStep(
                step.Time, (Wire.OperationStatus)step.Status, step.Actor, step.Text)),
        ]);

    public static Wire.Policy Of(Policy policy) => new(
        policy.Name, (Wire.PolicyMode)policy.Mode, PolicySentence.Of(policy), PolicyText.Of(policy));

    public static Wire.Graph Of(GraphSnapshot graph) => new(
        graph.At,
        [
            .. graph.Nodes.Select(node => new Wire.GraphNode(
                node.Entity.ToString(), node.Facts, node.IsAbnormal, Of(node.Pods))),
        ],
        [.. graph.Edges.Select(Of)]);

    public static Wire.GraphDiff Of(GraphDiff diff) => new(
        diff.From,
        diff.To,
        [.. diff.AddedNodes.Select(entity => entity.ToString())],
        [.. diff.RemovedNodes.Select(entity => entity.ToString())],
        [
            .. diff.ChangedNodes.Select(node => new Wire.GraphNodeDiff(
                node.Entity.ToString(),
                [.. node.Facts.Select(fact => new Wire.FactDiff(fact.Name, fact.Before, fact.After))],
                Of(node.AddedPods),
                Of(node.RemovedPods))),
        ],
        [.. diff.AddedEdges.Select(Of)],
        [.. diff.RemovedEdges.Select(Of)]);

    private static Wire.GraphEdge Of(Relation edge) => new(Camel(edge.Kind), edge.From.ToString(), edge.To.ToString());

    public static Wire.Series Of(SeriesKey series) =>
        new(series.Entity.ToString(), series.Metric, Camel(series.Kind), Of(series.Labels));

    public static Wire.SeriesPoints Of(SeriesRange range) =>
        new(Of(range.Series), range.TimestampMs, [.. range.Value.Select(Finite)]);

    public static Wire.LogLine Of(LogRecord log) => new(
        log.Time, log.Entity.ToString(), log.Pod, log.Container, Camel(log.Severity), log.Body, log.TraceId,
        Of(log.Attributes));

    public static Wire.EventLine Of(KubeEvent seen) => new(
        seen.Time, seen.Entity.ToString(), seen.Owner.ToString(), seen.Reason, seen.Message, seen.IsWarning,
        seen.CountDelta);

    public static Wire.ChangeLine Of(ChangeEvent change) => new(
        change.Time, change.Entity.ToString(), Camel(change.Kind), change.Summary, change.Before, change.After,
        change.Revision, change.Actor);

    public static IReadOnlyList<Wire.DocumentMatch> Of(IReadOnlyList<TextMatch> matches) => [.. matches.Select(Of)];

    // JSON has no word for what is not finite.
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static Wire.DocumentMatch Of(TextMatch match)
    {
        const int MaxMentions = 12;
        var section = match.Section < 0 ? "" : match.Document.Sections[match.Section].Body;
        return new Wire.DocumentMatch(
            match.Document.Id, match.Document.Title, match.Heading, match.Excerpt, (Wire.Fit)match.Fit,
            Math.Round(match.Score, 3), match.Because,
            [
                .. Mentions.In(section, MaxMentions)
                    .Select(mention => new Wire.Mention((Wire.MentionKind)mention.Kind, mention.Text)),
            ]);
    }

    private static Wire.Hypothesis Of(Hypothesis hypothesis) => new(
        hypothesis.Rank, hypothesis.Entity.ToString(), hypothesis.FaultClass, Finite(hypothesis.Confidence) ?? 0,
        hypothesis.FirstAbnormal, [.. hypothesis.Evidence.Select(Of)],
        [.. hypothesis.Path.Select(entity => entity.ToString())]);

    private static Wire.Evidence Of(Evidence evidence) => new(
        (Wire.EvidenceKind)evidence.Kind, evidence.Entity.ToString(), evidence.Time, evidence.Text,
        Finite(evidence.Weight) ?? 0, evidence.Signal, Of(evidence.Labels), Finite(evidence.ExpectedLow),
        Finite(evidence.ExpectedHigh));

    private static Wire.ServiceHarm Of(ServiceHarm harm) => new(
        harm.Service.ToString(), Finite(harm.FailingShare), Finite(harm.Slowness), harm.Text);

    private static Wire.Symptom Of(Symptom symptom) => new(
        symptom.Id, symptom.Entity.ToString(), symptom.Signal, symptom.Since, symptom.Until, symptom.Text,
        symptom.JoinedBecause);

    private static Wire.TimelineEntry Of(TimelineEntry entry) =>
        new(entry.Time, entry.Lane, entry.Entity.ToString(), entry.Text);

    private static Wire.Label[] Of(IEnumerable<Label> labels) =>
        [.. labels.Select(label => new Wire.Label(label.Name, label.Value))];
}
