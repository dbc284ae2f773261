using CaaS.Rca.Changes;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Symptoms;

/// <summary>Reads hard facts out of object states: what is broken, as Kubernetes itself says it.</summary>
/// <remarks>A rolling update, a scale change and a deleted pod make none: what starts and what ends is not
/// counted.</remarks>
internal sealed class StateWatch(RcaOptions options, LiveGraph graph, ChangeBook changes)
{
    private readonly Dictionary<string, PodRecord> _pods = new(StringComparer.Ordinal);
    private readonly SinceBook _noneSince = new();
    private readonly SinceBook _shortSince = new();
    private readonly SinceBook _nodeSince = new();

    private readonly HashSet<EntityRef> _settledNodes = [];

    public PodRecord? RecordOf(ObjectState pod) => _pods.GetValueOrDefault(Key(pod));

    /// <summary>Takes a pod's new state; to be called after each fold, so that no short state is missed.</summary>
    public void Take(EntityRef entity, DateTimeOffset now)
    {
        if (entity.Kind != EntityKinds.Pod || graph.Find(entity) is not { } pod)
        {
            return;
        }

        var key = Key(pod);
        if (!_pods.TryGetValue(key, out var record))
        {
            if (_pods.Count >= options.MaxPods)
            {
                return;
            }

            record = new PodRecord();
            _pods.Add(key, record);
        }

        record.Take(pod, now, options.CrashSettle);
    }

    /// <summary>Everything that is wrong now, in order of entity and sort.</summary>
    public List<Condition> Read(GraphView view, DateTimeOffset now)
    {
        var found = new List<Condition>();
        foreach (var (workload, pods) in view.Pods)
        {
            ReadPods(workload, pods, found, now);
        }

        foreach (var workload in view.Workloads)
        {
            ReadReplicas(workload, view, found, now);
        }

        foreach (var node in graph.OfKind(EntityKinds.Node))
        {
            ReadNode(node, found, now);
        }

        return [.. found.OrderBy(c => c.Entity, EntityOrder.Instance).ThenBy(c => c.Sort)];
    }

    public void Sweep()
    {
        var kept = graph.OfKind(EntityKinds.Pod).Select(Key).ToHashSet(StringComparer.Ordinal);
        foreach (var key in _pods.Keys.Where(key => !kept.Contains(key)).ToArray())
        {
            _pods.Remove(key);
        }

        _noneSince.Sweep(graph);
        _shortSince.Sweep(graph);
        _nodeSince.Sweep(graph);
        _settledNodes.RemoveWhere(entity => graph.Find(entity) is null);
    }

    private static string Key(ObjectState pod) => $"{pod.Entity}|{pod.Uid}";

    private void ReadPods(EntityRef workload, List<PodView> pods, List<Condition> found, DateTimeOffset now)
    {
        var kills = new List<(DateTimeOffset At, string Pod)>();
        var ends = new List<(DateTimeOffset At, string Pod, string Code)>();
        (DateTimeOffset At, string Pod)? loop = null;
        (DateTimeOffset At, string Pod, string Why)? stuck = null;
        foreach (var pod in pods.Select(view => view.State).Where(state => !state.IsGone && !state.IsTerminating))
        {
            if (RecordOf(pod) is not { } record)
            {
                continue;
            }

            record.Take(pod, now, options.CrashSettle);
            var name = pod.Entity.Name;
            kills.AddRange(record.Ends.Where(end => end.IsOom && now - end.At < options.OomWindow).Select(end => (end.At, name)));
            ends.AddRange(record.Ends.Where(end => !end.IsOom && now - end.At < options.RestartWindow)
                .Select(end => (end.At, name, end.ExitCode)));
            loop = record.CrashLoopSince is { } since && (loop is not { } first || since < first.At) ? (since, name) : loop;
            stuck = record.CannotStartSince is { } from && (stuck is not { } earlier || from < earlier.At)
                ? (from, name, record.CannotStartReason)
                : stuck;
        }

        if (kills.Count > 0)
        {
            var first = kills.MinBy(kill => kill.At);
            found.Add(new Condition(workload, SymptomSort.OomKilled, first.At, first.Pod,
                $"{first.Pod} was killed for its memory (OOMKilled), {Times(kills.Count)} in the last {options.OomWindow.TotalMinutes:0} min"));
        }

        var again = ends.GroupBy(end => end.Pod, StringComparer.Ordinal).Where(pod => pod.Count() >= options.RestartCount).ToArray();
        if (again.Length > 0)
        {
            var first = again.SelectMany(pod => pod).MinBy(end => end.At);
            found.Add(new Condition(workload, SymptomSort.Restarting, first.At, first.Pod,
                $"{first.Pod} ended with an error {Times(again.Max(pod => pod.Count()))} "
                + $"in {options.RestartWindow.TotalMinutes:0} min (exit code {first.Code})"));
        }

        if (loop is { } crash)
        {
            found.Add(new Condition(workload, SymptomSort.CrashLoop, crash.At, crash.Pod,
                $"{crash.Pod} crashes each time it starts (CrashLoopBackOff)"));
        }

        if (stuck is { } start && now - start.At >= options.FormationDelay)
        {
            found.Add(new Condition(workload, SymptomSort.CannotStart, start.At, start.Pod, $"{start.Pod} cannot start ({start.Why})"));
        }
    }

    private void ReadReplicas(EntityRef workload, GraphView view, List<Condition> found, DateTimeOffset now)
    {
        if (workload.Kind is not (EntityKinds.Deployment or EntityKinds.StatefulSet)
            || graph.Find(workload) is not { IsGone: false } state
            || !state.Has(KubeFacts.Replicas))
        {
            return;
        }

        var wanted = state.Count(KubeFacts.Replicas);
        var ready = state.Count(KubeFacts.ReadyReplicas);
        var none = _noneSince.Note(workload, wanted > 0 && ready == 0, now);
        var fewer = _shortSince.Note(workload, wanted > ready, now);
        var isExpected = wanted > ready && IsReplacing(state, view, now);
        if (none is { } from && now - from >= options.UnavailableAfter && !isExpected)
        {
            found.Add(new Condition(workload, SymptomSort.Unavailable, from, "",
                $"None of {wanted} pods of {workload.Name} is ready for {(now - from).TotalSeconds:0} s", 0));
        }
        else if (fewer is { } since && now - since >= options.ShortAfter && !isExpected)
        {
            found.Add(new Condition(workload, SymptomSort.Unavailable, since, "",
                $"Only {ready} of {wanted} pods of {workload.Name} are ready for {(now - since).TotalSeconds:0} s", (double)ready / wanted));
        }
    }

    /// <summary>True while pods are missing on purpose: a rollout, a scale change, a first start, or a pod that only
    /// just began.</summary>
    private bool IsReplacing(ObjectState workload, GraphView view, DateTimeOffset now)
    {
        var since = now - options.RolloutLimit;
        return workload.BornAt > since
            || changes.HasRollout(workload.Entity, since)
            || view.PodsOf(workload.Entity).Any(pod => !pod.State.IsGone && !pod.State.IsTerminating
                && pod.State.BornAt > now - options.SettleTime
                && RecordOf(pod.State) is not { Ends.Count: > 0 });
    }

    private void ReadNode(ObjectState node, List<Condition> found, DateTimeOffset now)
    {
        var ready = node.Fact(KubeFacts.Ready);
        if (node.IsReady || node.BornAt < now - options.RolloutLimit)
        {
            _settledNodes.Add(node.Entity);
        }

        // A node that is only just joining is not ready either.
        var isLost = node.IsGone
            ? _nodeSince.Contains(node.Entity)
            : ready is "false" or "unknown" && _settledNodes.Contains(node.Entity);
        if (_nodeSince.Note(node.Entity, isLost, node.Instant(KubeFacts.ReadySince) ?? now) is not { } since)
        {
            return;
        }

        var why = node.Fact(KubeFacts.ReadyReason);
        found.Add(new Condition(node.Entity, SymptomSort.NodeNotReady, since < now ? since : now, "",
            node.IsGone
                ? $"Node {node.Entity.Name} was lost and then removed"
                : $"Node {node.Entity.Name} is not ready ({(why.Length > 0 ? why : ready)})"));
    }

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";
}
