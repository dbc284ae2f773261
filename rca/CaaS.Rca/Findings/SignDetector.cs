using CaaS.Analytics;
using CaaS.Rca.FaultClasses;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Faults that Kubernetes or a log line calls by their name; the feature is the fault class' own
/// id.</summary>
internal sealed class SignDetector(SignBook signs) : IFindingDetector
{
    private const int MaxText = 160;

    public void Find(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        var first = new SortedDictionary<string, Finding>(StringComparer.Ordinal);
        foreach (var seen in file.Events.Fresh(entity, file.Onset))
        {
            Add(signs.OfEvent(seen.Reason, seen.Message), EvidenceKind.State, seen.Time, $"{seen.Reason}: {Cut(seen.Message)}");
        }

        if (entity.Kind == EntityKinds.Node)
        {
            foreach (var condition in (file.Graph.Find(entity)?.Fact(KubeFacts.Pressure) ?? "").Split(','))
            {
                Add(signs.OfCondition(condition), EvidenceKind.State, file.Onset, $"Node {entity.Name} reports {condition}");
            }
        }
        else
        {
            FindInPods(file, entity, Add);
            FindInLogs(file, entity, Add);
        }

        foreach (var finding in first.Values)
        {
            found.Add(finding);
        }

        void Add(IEnumerable<string> shown, EvidenceKind kind, DateTimeOffset at, string text)
        {
            foreach (var id in shown)
            {
                first.TryAdd(id, new Finding(id, 1, kind, entity, at, text));
            }
        }
    }

    private void FindInPods(CaseFile file, EntityRef entity, Action<IEnumerable<string>, EvidenceKind, DateTimeOffset, string> add)
    {
        foreach (var pod in file.View.PodsOf(entity).Where(pod => !pod.State.IsGone && !pod.State.IsTerminating))
        {
            var name = pod.State.Entity.Name;
            if (file.Watch.RecordOf(pod.State) is not { } record)
            {
                continue;
            }

            if (record.CannotStartSince is { } since)
            {
                add(signs.OfWaiting(record.CannotStartReason), EvidenceKind.State, since, $"{name} cannot start ({record.CannotStartReason})");
            }

            foreach (var end in record.Ends.Where(end => !end.IsOom && end.At >= file.Onset - file.Options.LinkWindow))
            {
                add(signs.OfExitCode(end.ExitCode), EvidenceKind.State, end.At, $"{name} ended with exit code {end.ExitCode}");
            }
        }
    }

    private void FindInLogs(CaseFile file, EntityRef entity, Action<IEnumerable<string>, EvidenceKind, DateTimeOffset, string> add)
    {
        foreach (var line in file.Own(entity, SignalRole.Log))
        {
            add(signs.OfLog(line.Worst.Explanation), EvidenceKind.Log, line.Worst.Onset, Cut(line.Worst.Explanation));
        }
    }

    private static string Cut(string text) => text.Length > MaxText ? text[..MaxText] + "…" : text;
}
