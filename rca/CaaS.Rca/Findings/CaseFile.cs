using CaaS.Analytics;
using CaaS.Rca.Changes;
using CaaS.Rca.Symptoms;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Everything there is to judge one incident by, and the questions detectors share.</summary>
internal sealed class CaseFile
{
    /// <summary>Anomalies that ended longer than this before the onset have nothing to do with it.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(2);

    private readonly Dictionary<EntityRef, (EntityRef Workload, double Share)[]> _hogs = [];
    private readonly Dictionary<(EntityRef, EntityRef), (double Rise, double Cores, DateTimeOffset Since)> _bursts = [];

    private ILookup<EntityRef, LiveSymptom>? _byAnchor;

    public required RcaOptions Options { get; init; }

    public required LiveGraph Graph { get; init; }

    public required GraphView View { get; init; }

    public required AnomalyBook Anomalies { get; init; }

    public required PulseBook Pulses { get; init; }

    public required UsageBook Usage { get; init; }

    public required ServeBook Serving { get; init; }

    public required EventBook Events { get; init; }

    public required ChangeBook Changes { get; init; }

    public required StateWatch Watch { get; init; }

    /// <summary>Symptoms of the incident, those that ended included.</summary>
    public required IReadOnlyList<LiveSymptom> Symptoms { get; init; }

    /// <summary>Hard facts that last, of any incident or none.</summary>
    public required ILookup<EntityRef, LiveSymptom> Facts { get; init; }

    /// <summary>What was found out about nodes; shared by all cases of one pass.</summary>
    public required Dictionary<EntityRef, (double Strength, string Text)> NodeTroubles { get; init; }

    /// <summary>Symptoms of the incident by what is wrong by them.</summary>
    public ILookup<EntityRef, LiveSymptom> ByAnchor => _byAnchor ??= Symptoms.ToLookup(symptom => symptom.Anchor(View));

    public required DateTimeOffset Onset { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The entity's own earliest symptom, or the incident's onset.</summary>
    public DateTimeOffset OnsetOf(EntityRef entity) =>
        ByAnchor[entity].Select(symptom => symptom.Since).DefaultIfEmpty(Onset).Min();

    /// <summary>What an entity's own series say of a role, worst first; its calls to others are left out.</summary>
    public IEnumerable<LiveAnomaly> Own(EntityRef entity, params SignalRole[] roles) =>
        Anomalies.Of(entity).Where(seen => roles.Contains(seen.Worst.Role) && IsOfThis(seen)
                && !seen.Worst.Signal.Contains("client", StringComparison.Ordinal))
            .OrderByDescending(seen => seen.Worst.Score);

    /// <summary>What a caller's series say of its calls to a callee, worst first.</summary>
    public IEnumerable<LiveAnomaly> OnEdge(EntityRef caller, EntityRef callee, params SignalRole[] roles) =>
        Anomalies.OfCaller(caller).Where(seen => roles.Contains(seen.Worst.Role) && IsOfThis(seen)
                && View.Resolved.TryGetValue((caller, seen.Peer), out var target) && target == callee)
            .OrderByDescending(seen => seen.Worst.Score);

    /// <summary>What all callers' series say of their calls to a callee, worst first.</summary>
    public IEnumerable<LiveAnomaly> Toward(EntityRef callee, params SignalRole[] roles) =>
        GraphView.Of(View.Callers, callee).SelectMany(caller => OnEdge(caller, callee, roles))
            .OrderByDescending(seen => seen.Worst.Score);

    public bool HasFact(EntityRef entity) => Facts[entity].Any();

    /// <summary>How surely a node is lost, 0 to 1, and what shows it.</summary>
    public (double Strength, string Text) NodeTrouble(EntityRef node)
    {
        if (!NodeTroubles.TryGetValue(node, out var trouble))
        {
            trouble = ReadNode(node);
            NodeTroubles.Add(node, trouble);
        }

        return trouble;
    }

    /// <summary>How many more cores a workload's pods on a node take than before the onset.</summary>
    public (double Rise, double Cores, DateTimeOffset Since) Burst(EntityRef workload, EntityRef node)
    {
        if (!_bursts.TryGetValue((workload, node), out var burst))
        {
            burst = ReadBurst(workload, node);
            _bursts.Add((workload, node), burst);
        }

        return burst;
    }

    /// <summary>Workloads that newly take a good part of a node, most first.</summary>
    public IReadOnlyList<(EntityRef Workload, double Share)> Hogs(EntityRef node)
    {
        if (!_hogs.TryGetValue(node, out var hogs))
        {
            hogs = [.. GraphView.Of(View.WorkloadsOn, node).Select(workload => (workload, Share: UsageDetector.BurstOf(this, workload, node)))
                .Where(item => item.Share >= 0.3).OrderByDescending(item => item.Share)];
            _hogs.Add(node, hogs);
        }

        return hogs;
    }

    /// <summary>Cores a node can give; one when it is not known.</summary>
    public double Allocatable(EntityRef node) =>
        Graph.Find(node)?.Number(KubeFacts.AllocatableCpuCores) is { } cores && cores > 0 ? cores : 1;

    /// <summary>How many times as long as before a workload's pods on a node take to answer, and its pods
    /// elsewhere; NaN without enough requests.</summary>
    public (double Here, double Elsewhere) Slowdown(EntityRef workload, EntityRef node)
    {
        var (here, elsewhere) = (double.NaN, double.NaN);
        foreach (var pod in View.PodsOf(workload).Where(pod => !pod.State.IsGone && pod.Node is not null))
        {
            if (Serving.Find(pod.State.Entity) is not { } track)
            {
                continue;
            }

            var ratio = track.Mean(Onset, Now) / track.Mean(Onset - TimeSpan.FromMinutes(6), Onset - TimeSpan.FromSeconds(15));
            if (pod.Node == node)
            {
                here = double.IsNaN(here) ? ratio : Math.Min(here, double.IsNaN(ratio) ? here : ratio);
            }
            else
            {
                elsewhere = double.IsNaN(elsewhere) ? ratio : Math.Max(elsewhere, double.IsNaN(ratio) ? elsewhere : ratio);
            }
        }

        return (here, elsewhere);
    }

    /// <summary>Cores used on a node by followed pods.</summary>
    public double CoresUsed(EntityRef node) =>
        GraphView.Of(View.WorkloadsOn, node).Sum(workload => Burst(workload, node).Cores);

    private bool IsOfThis(LiveAnomaly seen) =>
        seen.IsUp && seen.IsIn(Onset - Before) && seen.Worst.Onset >= Onset - Options.LinkWindow;

    private (double Strength, string Text) ReadNode(EntityRef node)
    {
        var lost = Facts[node].FirstOrDefault(symptom => symptom.Sort == SymptomSort.NodeNotReady);
        if (lost is not null)
        {
            return (1, lost.Text);
        }

        var known = 0;
        var silent = 0;
        var speakingElsewhere = 0;
        foreach (var pod in View.Pods.Values.SelectMany(pods => pods).Where(pod => !pod.State.IsGone && pod.Node is not null))
        {
            if (Pulses.Find(pod.State.Entity) is not { Count: >= 3 })
            {
                continue;
            }

            var isSilent = Pulses.IsSilent(pod.State.Entity, Now);
            known += pod.Node == node ? 1 : 0;
            silent += pod.Node == node && isSilent ? 1 : 0;
            speakingElsewhere += pod.Node != node && !isSilent ? 1 : 0;
        }

        var isQuiet = Pulses.Find(node) is null || Pulses.IsSilent(node, Now);
        return known >= 2 && silent == known && isQuiet && speakingElsewhere > 0
            ? (0.8, $"All {silent} measured pods of node {node.Name} fell silent, while others still speak")
            : (0, "");
    }

    private (double Rise, double Cores, DateTimeOffset Since) ReadBurst(EntityRef workload, EntityRef node)
    {
        var cores = 0.0;
        var measured = 0.0;
        var before = 0.0;
        var since = Onset;

        // A rise is not averaged with the time before it, or a strong one would look weak for most of a minute.
        var span = TimeSpan.FromSeconds(Math.Clamp((Now - Onset).TotalSeconds - 10, 15, 40));
        foreach (var pod in View.PodsOf(workload))
        {
            // A pod that went and its successor are one: what the former used is not new use of the latter.
            if (Usage.Find(pod.State.Entity) is not { } track || (pod.Node != node && !pod.State.IsGone))
            {
                continue;
            }

            var former = track.Cores(Onset - TimeSpan.FromMinutes(6), Onset - TimeSpan.FromSeconds(15));
            before += double.IsFinite(former) ? former : 0;
            var now = pod.State.IsGone ? double.NaN : track.Cores(Now - span, Now);
            if (!double.IsFinite(now))
            {
                continue;
            }

            cores += now;
            var isYoung = pod.State.BornAt > Onset - TimeSpan.FromMinutes(3);
            measured += isYoung || double.IsFinite(former) ? now : 0;
            since = isYoung && pod.State.BornAt < since ? pod.State.BornAt : since;
        }

        return (Math.Max(0, measured - before), cores, since);
    }
}
