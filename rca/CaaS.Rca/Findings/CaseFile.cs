using CaaS.Analytics;
using CaaS.Rca.Changes;
using CaaS.Rca.Priors;
using CaaS.Rca.Symptoms;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Everything there is to judge one incident by, and the questions detectors share.</summary>
internal sealed class CaseFile
{
    /// <summary>Anomalies that ended longer than this before the onset have nothing to do with it.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(2);

    private ILookup<EntityRef, LiveSymptom>? _byAnchor;
    private Rivalry? _rivalry;
    private DateTimeOffset? _began;

    public required RcaOptions Options { get; init; }

    public required LiveGraph Graph { get; init; }

    public required GraphView View { get; init; }

    public required AnomalyBook Anomalies { get; init; }

    public required PulseBook Pulses { get; init; }

    public required UsageBook Usage { get; init; }

    public required ServeBook Serving { get; init; }

    public required FlowBook Flows { get; init; }

    public required ReadyBook Ready { get; init; }

    public required SpanBook Spans { get; init; }

    public required LogBook Logs { get; init; }

    public required EventBook Events { get; init; }

    public required UnusualBook Unusual { get; init; }

    public required ChangeBook Changes { get; init; }

    public required StateWatch Watch { get; init; }

    public required PriorBook Priors { get; init; }

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

    /// <summary>When the first symptom began: before anybody could speak of the incident, which the onset, an estimate,
    /// may not be.</summary>
    public DateTimeOffset Began => _began ??= Symptoms.Select(symptom => symptom.Since).DefaultIfEmpty(Onset).Min();

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

    /// <summary>Who takes how much of the nodes' processors, and who is slowed by it.</summary>
    public Rivalry Rivalry => _rivalry ??= new Rivalry(this);

    /// <summary>Sampled requests before the onset and since.</summary>
    public VisitContrast Requests => Spans.Read(View, Now).Around(Onset, Options.Inquiry);

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

    private bool IsOfThis(LiveAnomaly seen) =>
        seen.IsUp && seen.IsIn(Onset - Before) && seen.Worst.Onset >= Onset - Options.LinkWindow;

    private (double Strength, string Text) ReadNode(EntityRef node)
    {
        var lost = Facts[node].FirstOrDefault(symptom => symptom.Sort == SymptomSort.NodeNotReady);
        if (lost is not null)
        {
            return (1, lost.Text);
        }

        var here = GraphView.Of(View.WorkloadsOn, node).SelectMany(View.PodsOf)
            .Where(pod => pod.Node == node && IsMeasured(pod)).ToArray();
        var isQuiet = Pulses.Find(node) is null || Pulses.IsSilent(node, Now);
        return here.Length >= 2 && isQuiet && Array.TrueForAll(here, IsSilent)
            && View.Pods.Values.SelectMany(pods => pods)
                .Any(pod => pod.Node is { } other && other != node && IsMeasured(pod) && !IsSilent(pod))
            ? (0.8, $"All {here.Length} measured pods of node {node.Name} fell silent, while others still speak")
            : (0, "");
    }

    private bool IsMeasured(PodView pod) => !pod.State.IsGone && Pulses.Find(pod.State.Entity) is { Count: >= 3 };

    private bool IsSilent(PodView pod) => Pulses.IsSilent(pod.State.Entity, Now);
}
