using CaaS.Rca.Changes;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Symptoms;

/// <summary>Reads hard facts out of object states: what is broken, as Kubernetes itself says it.</summary>
/// <remarks>A rolling update, a scale change and a deleted pod make none: what starts and what ends is not counted. A
/// pass looks at what was told since the last and at what was not well then: O(changes + what is not well).</remarks>
internal sealed class StateWatch(RcaOptions options, LiveGraph graph, ChangeBook changes)
{
    private readonly Dictionary<ObjectState, PodRecord> _records = [];
    private readonly SinceBook _noneSince = new();
    private readonly SinceBook _shortSince = new();
    private readonly SinceBook _nodeSince = new();
    private readonly HashSet<EntityRef> _settledNodes = [];
    private readonly HashSet<EntityRef> _unreadWorkloads = [];
    private readonly HashSet<EntityRef> _unreadNodes = [];

    /// <summary>How a pod's containers ended; null for one of which no end is known.</summary>
    public PodRecord? RecordOf(ObjectState pod) => _records.GetValueOrDefault(pod);

    /// <summary>Takes an object's new state; to be called after each fold, so that no short state is missed.</summary>
    public void Take(EntityRef entity, DateTimeOffset now)
    {
        switch (entity.Kind)
        {
            case EntityKinds.Pod:
                TakePod(entity, now);
                break;
            case EntityKinds.Deployment or EntityKinds.StatefulSet:
                _unreadWorkloads.Add(entity);
                break;
            case EntityKinds.Node:
                _unreadNodes.Add(entity);
                break;
        }
    }

    /// <summary>Everything that is wrong now, in order of entity and sort.</summary>
    public List<Condition> Read(GraphView view, DateTimeOffset now)
    {
        var found = new List<Condition>();
        var there = _records.Keys.Where(pod => !pod.IsGone && !pod.IsTerminating);
        foreach (var pods in there.GroupBy(pod => graph.OwnerOf(pod.Entity)))
        {
            ReadPods(pods.Key, pods.OrderBy(pod => pod.Entity, EntityOrder.Instance), found, now);
        }

        _unreadWorkloads.UnionWith(_shortSince.Entities);
        foreach (var workload in _unreadWorkloads)
        {
            ReadReplicas(workload, view, found, now);
        }

        foreach (var node in _unreadNodes.Select(graph.Find).OfType<ObjectState>())
        {
            ReadNode(node, found, now);
        }

        _unreadWorkloads.Clear();
        _unreadNodes.RemoveWhere(entity => graph.Find(entity) is null or { IsReady: true, IsGone: false });
        return [.. found.OrderBy(c => c.Entity, EntityOrder.Instance).ThenBy(c => c.Sort)];
    }

    public void Sweep()
    {
        foreach (var pod in _records.Keys.Where(pod => graph.Find(pod.Entity) != pod).ToArray())
        {
            _records.Remove(pod);
        }

        _noneSince.Sweep(graph);
        _shortSince.Sweep(graph);
        _nodeSince.Sweep(graph);
        _settledNodes.RemoveWhere(entity => graph.Find(entity) is null);
    }

    private void TakePod(EntityRef entity, DateTimeOffset now)
    {
        if (graph.Find(entity) is not { } pod)
        {
            return;
        }

        if (!_records.TryGetValue(pod, out var record))
        {
            if (!PodRecord.IsNeededFor(pod) || _records.Count >= options.MaxPods)
            {
                return;
            }

            record = new PodRecord(isSeenBefore: pod.FirstSeen < now);
            _records.Add(pod, record);
        }

        record.Take(pod, now, options.CrashSettle);
    }

    private void ReadPods(EntityRef workload, IEnumerable<ObjectState> pods, List<Condition> found, DateTimeOffset now)
    {
        var kills = new List<(DateTimeOffset At, string Pod)>();
        var ends = new List<(DateTimeOffset At, string Pod, string Code)>();
        (DateTimeOffset At, string Pod)? loop = null;
        (DateTimeOffset At, string Pod, string Why)? stuck = null;
        foreach (var pod in pods)
        {
            var record = _records[pod];
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
        if (graph.Find(workload) is not { IsGone: false } state || !state.Has(KubeFacts.Replicas))
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
