using CaaS.Rca.Symptoms;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>What Kubernetes says of an entity's pods.</summary>
internal sealed class StateDetector : IFindingDetector
{
    public void Find(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        if (entity.Kind == EntityKinds.Node)
        {
            return;
        }

        var since = file.Onset - file.Options.LinkWindow;
        var pods = file.View.PodsOf(entity).Where(pod => !pod.State.IsGone && !pod.State.IsTerminating
            && pod.State.Fact(KubeFacts.Phase) is not ("Succeeded" or "Failed")).ToArray();
        var ends = pods
            .SelectMany(pod => (file.Watch.RecordOf(pod.State)?.Ends ?? [])
                .Where(end => end.At >= since).Select(end => (pod.State.Entity.Name, end.At, end.IsOom, end.ExitCode)))
            .OrderBy(end => end.At).ToArray();
        FindKills(file, entity, ends, found);
        FindCrashes(file, entity, pods, ends, found);
        FindReadiness(entity, pods, ends.Length, file, found);
        FindEvents(file, entity, found);
    }

    private static void FindKills(
        CaseFile file, EntityRef entity, (string Name, DateTimeOffset At, bool IsOom, string ExitCode)[] ends, ICollection<Finding> found)
    {
        var kills = ends.Where(end => end.IsOom).ToArray();
        if (kills.Length > 0)
        {
            var limit = file.View.PodsOf(entity).Select(pod => pod.State.Number(KubeFacts.MemoryLimitBytes))
                .FirstOrDefault(bytes => bytes > 0);
            found.Add(new Finding(Features.OomKilled, 1, EvidenceKind.State, entity, kills[0].At,
                $"{kills[0].Name} was killed for its memory (OOMKilled) at {kills[0].At:HH:mm:ss}"
                + (kills.Length > 1 ? $", {kills.Length} kills so far" : "")
                + (limit > 0 ? $"; its limit is {Numbers.Of(limit, "bytes")}" : "")));
        }
    }

    private static void FindCrashes(
        CaseFile file,
        EntityRef entity,
        PodView[] pods,
        (string Name, DateTimeOffset At, bool IsOom, string ExitCode)[] ends,
        ICollection<Finding> found)
    {
        var crashes = ends.Where(end => !end.IsOom).ToArray();
        var loop = file.Facts[entity].FirstOrDefault(symptom => symptom.Sort == SymptomSort.CrashLoop);
        var areAllKills = ends.Length > 0 && crashes.Length == 0;
        if (crashes.Length > 0 || (loop is not null && !areAllKills))
        {
            var name = crashes.Length > 0 ? crashes[0].Name : loop!.Pod;
            var strength = loop is not null || crashes.Length > 1 ? 1 : 0.6;
            strength *= ends.Length > crashes.Length ? 0.3 : 1;
            var code = crashes.Length > 0 && crashes[^1].ExitCode.Length > 0 ? $" with exit code {crashes[^1].ExitCode}" : "";
            var at = crashes.Length > 0 ? crashes[0].At : loop!.Since;
            found.Add(new Finding(Features.CrashLoop, strength, EvidenceKind.State, entity, at,
                $"{name} ended{code} {crashes.Length} times since {at:HH:mm:ss}" + (loop is null ? "" : " and waits in CrashLoopBackOff")));
            found.Add(new Finding(Features.FailsToRun, strength, EvidenceKind.State, entity, at, $"{name} does not stay up"));
        }

        foreach (var pod in pods)
        {
            if (file.Watch.RecordOf(pod.State) is { CannotStartSince: { } from } record)
            {
                var text = $"{pod.State.Entity.Name} cannot start ({record.CannotStartReason})";
                found.Add(new Finding(Features.CannotStart, 1, EvidenceKind.State, entity, from, text));
                if (crashes.Length == 0 && loop is null)
                {
                    found.Add(new Finding(Features.FailsToRun, 1, EvidenceKind.State, entity, from, text));
                }

                break;
            }
        }
    }

    private static void FindReadiness(EntityRef entity, PodView[] pods, int endCount, CaseFile file, ICollection<Finding> found)
    {
        var settled = pods.Where(pod => pod.State.BornAt < file.Now - TimeSpan.FromSeconds(10)).ToArray();
        var unready = settled.Where(pod => !pod.State.IsReady).ToArray();
        if (settled.Length > 0 && unready.Length == 0 && endCount == 0)
        {
            found.Add(new Finding(Features.PodsReady, 1, EvidenceKind.State, entity, file.Onset,
                $"All {settled.Length} pods of {entity.Name} run and are ready, without a restart"));
        }

        if (unready.Length > 0)
        {
            found.Add(new Finding(Features.NotReady, 0.4 + (0.6 * unready.Length / settled.Length), EvidenceKind.State, entity,
                unready.Min(pod => pod.State.Instant(KubeFacts.ReadySince) ?? pod.State.BornAt),
                $"{unready.Length} of {settled.Length} pods of {entity.Name} are not ready"));
        }

        var homeless = unready.Where(pod => pod.Node is null
            && pod.State.Fact(KubeFacts.Reason).Contains("nschedulable", StringComparison.Ordinal)).ToArray();
        if (homeless.Length > 0)
        {
            found.Add(new Finding(Features.Unschedulable, 1, EvidenceKind.State, entity, homeless.Min(pod => pod.State.BornAt),
                $"{homeless.Length} pods of {entity.Name} find no node ({homeless[0].State.Fact(KubeFacts.Reason)})"));
        }
    }

    private static void FindEvents(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        var latest = file.Events.Fresh(entity, file.Onset).LastOrDefault();
        if (latest is not null)
        {
            var message = latest.Message.Length > 160 ? latest.Message[..160] + "…" : latest.Message;
            found.Add(new Finding(Features.WarningEvents, 1, EvidenceKind.State, latest.Entity, latest.Time, $"{latest.Reason}: {message}"));
        }
    }
}
