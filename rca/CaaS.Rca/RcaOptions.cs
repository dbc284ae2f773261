using System.ComponentModel.DataAnnotations;
using CaaS.Rca.Inquiry;
using CaaS.Rca.Priors;

namespace CaaS.Rca;

/// <summary>Settings of root-cause analysis; section <c>Rca</c>.</summary>
public sealed class RcaOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Rca";

    /// <summary>How long a first symptom waits for its companions before an incident is opened.</summary>
    public TimeSpan FormationDelay { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a metric symptom nobody else confirms must last before it opens an incident: a blip is not
    /// an incident.</summary>
    public TimeSpan LoneSymptomDelay { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a metric symptom must last when its service, or one it calls, is replacing pods: a healthy
    /// rollout costs a few seconds.</summary>
    public TimeSpan FluxHold { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long after a pod came or went, or a rollout began, a workload counts as replacing pods.</summary>
    public TimeSpan FluxWindow { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>Largest distance in time between two symptoms of one incident.</summary>
    public TimeSpan LinkWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest chain of calls between two symptoms of one incident, hops.</summary>
    [Range(1, 12)]
    public int LinkHops { get; set; } = 6;

    /// <summary>A symptom that begins this much later than an incident with a known, unrelated cause belongs to
    /// another incident.</summary>
    public TimeSpan IndependentAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Two symptoms that begin within this time and share a node may have the node as their cause.</summary>
    public TimeSpan SimultaneousWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Nothing is opened this long after the first record: the graph is still being read.</summary>
    public TimeSpan StartGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long all symptoms must be back in band before an incident is mitigated or resolved.</summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A workload without any ready pod this long, and not rolling out, is unavailable.</summary>
    public TimeSpan UnavailableAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A workload with fewer ready pods than wanted this long, and not rolling out, is short of
    /// pods.</summary>
    public TimeSpan ShortAfter { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>A rollout, or a workload's first start, may take this long before missing pods are a symptom.</summary>
    public TimeSpan RolloutLimit { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>An out-of-memory kill is a symptom this long, or until its pod is gone.</summary>
    public TimeSpan OomWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Failed container ends are counted over this time.</summary>
    public TimeSpan RestartWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>So many failed container ends of a workload within <see cref="RestartWindow"/> are a symptom; one
    /// alone is what Kubernetes is for.</summary>
    [Range(2, 100)]
    public int RestartCount { get; set; } = 2;

    /// <summary>A pod that crashed is well again when it has been ready this long.</summary>
    public TimeSpan CrashSettle { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A pod or node that was regular is silent when nothing was measured on it for this long: three scrapes
    /// of 5 s.</summary>
    public TimeSpan SilenceAfter { get; set; } = TimeSpan.FromSeconds(18);

    /// <summary>How much later than the onset a workload may seem to take more of the processor and still be its cause:
    /// use is measured in steps of many seconds.</summary>
    public TimeSpan BurstSlack { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>Times as slow as before, and as the same workload's pods on other nodes, from which pods are slow
    /// because of their node.</summary>
    [Range(1.05, 100.0)]
    public double SlowerHereRatio { get; set; } = 1.5;

    /// <summary>How long after the onset it can be compared with the time before it; then the last comparison
    /// stays.</summary>
    public TimeSpan ComparableFor { get; set; } = TimeSpan.FromMinutes(8);

    /// <summary>A reason of warning events seen on so many other workloads and nodes before the onset is
    /// background.</summary>
    [Range(1, 1000)]
    public int BackgroundEntities { get; set; } = 3;

    /// <summary>Changes older than this before the onset are no suspects.</summary>
    public TimeSpan ChangeWindow { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>How much earlier than a change its symptom may seem to begin: clocks and windows are not
    /// exact.</summary>
    public TimeSpan ChangeSlack { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>A change that is heard of so much later than it was made is history, not a suspect.</summary>
    public TimeSpan ChangeLateness { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long things that are gone, and anomalies that ended, are remembered.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Least time between two records that only update an incident.</summary>
    public TimeSpan UpdateInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Least time between two judgements of an incident of which nothing new was heard.</summary>
    public TimeSpan JudgeInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Settings of the inquiry into an incident; section <c>Rca:Inquiry</c>.</summary>
    public CauseOptions Inquiry { get; set; } = new();

    /// <summary>Share of failed requests below which an error anomaly hurts nobody, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double ErrorShareFloor { get; set; } = 0.01;

    /// <summary>Rise over the learned band below which a latency anomaly hurts nobody, seconds.</summary>
    [Range(0.0, 60.0)]
    public double LatencyRiseFloorSeconds { get; set; } = 0.01;

    /// <summary>Ratio to the learned band below which a latency anomaly hurts nobody.</summary>
    [Range(1.0, 100.0)]
    public double LatencyRatioFloor { get; set; } = 1.2;

    /// <summary>Confidence from which the first cause is called likely.</summary>
    [Range(0.0, 1.0)]
    public double LikelyConfidence { get; set; } = 0.5;

    /// <summary>Confidence from which a first cause with direct evidence is called confirmed.</summary>
    [Range(0.0, 1.0)]
    public double ConfirmedConfidence { get; set; } = 0.85;

    /// <summary>How long the shell re-reads signals before its committed offset to warm the engine up.</summary>
    public TimeSpan WarmUp { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Resolved and merged incidents kept in the store; the oldest go first.</summary>
    [Range(100, 1_000_000)]
    public int MaxStoredIncidents { get; set; } = 10_000;

    /// <summary>Scopes analysed by one process; signals of further ones are counted and left out.</summary>
    [Range(1, 1000)]
    public int MaxScopes { get; set; } = 16;

    /// <summary>Objects remembered: the 150,000 pods Kubernetes supports, and what belongs to them.</summary>
    [Range(100, 1_000_000)]
    public int MaxObjects { get; set; } = 400_000;

    /// <summary>Edges of calls remembered.</summary>
    [Range(100, 1_000_000)]
    public int MaxCalls { get; set; } = 20_000;

    /// <summary>Pairs of workloads whose flows are remembered, with half an hour of counts each: 60 MB.</summary>
    [Range(100, 1_000_000)]
    public int MaxFlows { get; set; } = 20_000;

    /// <summary>Spans kept of a sample of traces, some 400 bytes each: 16 MB. Below 40 none
    /// are.</summary>
    [Range(0, 1_000_000, ErrorMessage = Section + ":MaxSpans must lie between 0 and 1000000.")]
    public int MaxSpans { get; set; } = 40_000;

    /// <summary>How long sampled traces are kept: an incident of <see cref="ComparableFor"/> and the calm before
    /// it.</summary>
    [Range(typeof(TimeSpan), "00:02:00", "02:00:00", ErrorMessage = Section + ":SpanWindow must lie between 2 minutes and 2 hours.")]
    public TimeSpan SpanWindow { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>Series whose meaning is cached; beyond it the cache starts anew.</summary>
    [Range(1000, 10_000_000)]
    public int MaxSeries { get; set; } = 300_000;

    /// <summary>Pods whose use of processor and memory is followed.</summary>
    [Range(100, 100_000)]
    public int MaxPods { get; set; } = 10_000;

    /// <summary>Anomalies remembered.</summary>
    [Range(100, 100_000)]
    public int MaxAnomalies { get; set; } = 5_000;

    /// <summary>Changes and warning events remembered per entity.</summary>
    [Range(1, 1000)]
    public int MaxPerEntity { get; set; } = 20;

    /// <summary>Open incidents at a time; further symptoms wait.</summary>
    [Range(1, 1000)]
    public int MaxOpenIncidents { get; set; } = 50;

    /// <summary>Entities examined for one incident.</summary>
    [Range(10, 2000)]
    public int MaxCandidates { get; set; } = 200;

    /// <summary>How what people said of causes moves the ranking.</summary>
    public CauseFeedbackOptions Feedback { get; set; } = new();
}
