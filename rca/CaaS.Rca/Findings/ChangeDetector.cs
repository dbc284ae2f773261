using System.Globalization;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>What was changed before it began, and what only after.</summary>
internal sealed class ChangeDetector : IFindingDetector
{
    /// <summary>Lag at which a change is worth half as much.</summary>
    private static readonly TimeSpan HalfLag = TimeSpan.FromMinutes(15);

    /// <summary>A pod made so shortly before a change is one of its.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    public void Find(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        var onset = file.OnsetOf(entity);
        var suspects = Suspects(file, entity, onset);
        var before = suspects.Where(item => item.Change.Time <= onset + file.Options.ChangeSlack).ToArray();
        Add(Features.ChangeRelease, item => item.IsOwn && item.Change.Kind is ChangeKind.Image or ChangeKind.Template);
        Add(Features.ChangeConfig, item => item.Change.Kind == ChangeKind.Config);
        Add(Features.ChangeTemplate, item => item.Change.Kind is ChangeKind.Image or ChangeKind.Template
            || (item.Change.Kind == ChangeKind.Config && !IsRemoval(item.Change)));
        Add(Features.ChangeAny, _ => true);
        Add(Features.ScaledToZero, item => item.IsOwn && item.Change is { Kind: ChangeKind.Replicas, After: "0" });
        Add(Features.ScaledDown, item => item.IsOwn && IsScaledDown(item.Change));
        FindPolicy(file, entity, onset, found);
        if (before.Length == 0 && suspects.FirstOrDefault(item => item.Change.Kind != ChangeKind.Replicas) is { Change: { } late })
        {
            found.Add(new Finding(Features.ChangeRefuted, 1, EvidenceKind.Change, entity, late.Time,
                $"{late.Summary} at {late.Time:HH:mm:ss}, {(late.Time - onset).TotalSeconds:0} s after it began"));
        }

        FindSplit(file, entity, before, found);
        FindDose(file, entity, before, found);

        void Add(string feature, Func<(ChangeEvent Change, bool IsOwn), bool> isIt)
        {
            var hit = before.Where(isIt).OrderByDescending(item => Worth(item, onset)).FirstOrDefault();
            if (hit.Change is { } change)
            {
                var lag = onset - change.Time;
                var when = lag > TimeSpan.Zero ? $"{Lag(lag)} before it began" : "just as it began";
                var revision = change.Revision.Length > 0 ? $" (revision {change.Revision})" : "";
                found.Add(new Finding(feature, Worth(hit, onset), EvidenceKind.Change, change.Entity, change.Time,
                    $"{change.Summary}{revision} at {change.Time:HH:mm:ss}, {when}"));
            }
        }
    }

    private static (ChangeEvent Change, bool IsOwn)[] Suspects(CaseFile file, EntityRef entity, DateTimeOffset onset)
    {
        var own = file.Changes.Suspects(entity, onset).Select(change => (Change: change, IsOwn: true));
        var mounted = GraphView.Of(file.View.Mounts, entity)
            .SelectMany(config => file.Changes.Suspects(config, onset))
            .Where(change => change.Kind == ChangeKind.Config).Select(change => (Change: change, IsOwn: false));
        return [.. own.Concat(mounted)];
    }

    private static double Worth((ChangeEvent Change, bool IsOwn) item, DateTimeOffset onset)
    {
        var lag = onset > item.Change.Time ? onset - item.Change.Time : TimeSpan.Zero;
        var kind = item.Change.Kind == ChangeKind.Image ? 1 : item.IsOwn ? 0.95 : 0.8;
        return kind / (1 + (lag / HalfLag));
    }

    /// <summary>The strongest test of a release: its new pods are broken, and an old one beside them is not.</summary>
    private static void FindSplit(
        CaseFile file, EntityRef entity, (ChangeEvent Change, bool IsOwn)[] before, ICollection<Finding> found)
    {
        if (before.Length == 0)
        {
            return;
        }

        var change = before.MaxBy(item => item.Change.Time).Change;
        var pods = file.View.PodsOf(entity).Where(pod => !pod.State.IsGone && !pod.State.IsTerminating).ToArray();
        var old = pods.Where(pod => pod.State.BornAt < change.Time - Settled).ToArray();
        var broken = pods.Where(IsBroken).ToArray();
        if (broken.Length > 0 && old.Any(pod => pod.State.IsReady) && !broken.Intersect(old).Any())
        {
            found.Add(new Finding(Features.OnlyNewPods, 1, EvidenceKind.Change, entity, change.Time,
                $"Only pods made after the change are broken ({broken[0].State.Entity.Name}); {old[0].State.Entity.Name} from before runs well"));
            return;
        }

        var (former, young) = Parted(file, entity, change);
        if (ReleaseSplit.Read(file, former, young) is { Length: > 0 } worse)
        {
            found.Add(new Finding(Features.OnlyNewPods, 1, EvidenceKind.Change, entity, change.Time, worse));
        }

        bool IsBroken(PodView pod) =>
            file.Watch.RecordOf(pod.State) is { } record
                && (record.Ends.Count > 0 || record.CrashLoopSince is not null || record.CannotStartSince is not null);
    }

    /// <summary>The second test of a release: the more pods it has replaced, the worse the whole.</summary>
    private static void FindDose(
        CaseFile file, EntityRef entity, (ChangeEvent Change, bool IsOwn)[] before, ICollection<Finding> found)
    {
        if (before.Length == 0)
        {
            return;
        }

        var change = before.MaxBy(item => item.Change.Time).Change;
        var (old, young) = Parted(file, entity, change);
        if (DoseResponse.Read(file, old, young, change.Time) is { Length: > 0 } worse)
        {
            found.Add(new Finding(Features.DoseResponse, 1, EvidenceKind.Change, entity, change.Time, worse));
        }
    }

    /// <summary>Pods from before a change, those gone included, and from after it.</summary>
    private static (PodView[] Old, PodView[] Young) Parted(CaseFile file, EntityRef entity, ChangeEvent change)
    {
        var pods = file.View.PodsOf(entity).ToLookup(pod => pod.State.BornAt < change.Time - Settled);
        return ([.. pods[true]], [.. pods[false]]);
    }

    /// <summary>A network policy of its namespace that was changed before it began.</summary>
    private static void FindPolicy(CaseFile file, EntityRef entity, DateTimeOffset onset, ICollection<Finding> found)
    {
        if (file.Changes.Policies(entity.Namespace, onset).LastOrDefault(change => change.Time <= onset) is { } change)
        {
            found.Add(new Finding(Features.ChangePolicy, 1 / (1 + ((onset - change.Time) / HalfLag)), EvidenceKind.Change, change.Entity,
                change.Time, $"{change.Summary} at {change.Time:HH:mm:ss}, {Lag(onset - change.Time)} before it began"));
        }
    }

    /// <summary>What is gone released nothing.</summary>
    private static bool IsRemoval(ChangeEvent change) => change is { Before.Length: > 0, After.Length: 0 };

    private static bool IsScaledDown(ChangeEvent change) =>
        change.Kind == ChangeKind.Replicas
        && int.TryParse(change.Before, NumberStyles.None, CultureInfo.InvariantCulture, out var before)
        && int.TryParse(change.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after)
        && after > 0 && after < before;

    private static string Lag(TimeSpan lag) =>
        lag < TimeSpan.FromMinutes(2) ? $"{lag.TotalSeconds:0} s" : $"{lag.TotalMinutes:0} min";
}
