using System.ComponentModel.DataAnnotations;

namespace CaaS.Orchestration;

/// <summary>Numbers of the rails; section <c>Orchestration</c>.</summary>
public sealed class OperationsOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Orchestration";

    /// <summary>Most operations that may disturb the cluster at once: one, so that an effect has one cause.</summary>
    [Range(1, 100)]
    public int MaxConcurrent { get; set; } = 1;

    /// <summary>Most operations sent in an hour, whoever asked: beyond it something else is wrong.</summary>
    [Range(1, 1000)]
    public int MaxPerHour { get; set; } = 6;

    /// <summary>Least confidence any policy may act on: below it a coin decides as well.</summary>
    [Range(0, 1)]
    public double MinConfidence { get; set; } = 0.2;

    /// <summary>Age up to which a change among the evidence counts as recent, measured from the incident's
    /// onset.</summary>
    public TimeSpan RecentChangeWithin { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Least replicas a workload must keep ready.</summary>
    [Range(0, 1000)]
    public int MinHealthyReplicas { get; set; } = 1;

    /// <summary>Most replicas an operation may ask for.</summary>
    [Range(1, 10000)]
    public int MaxReplicas { get; set; } = 20;

    /// <summary>Least other nodes that must be ready and open when one is cordoned: never the last one.</summary>
    [Range(1, 1000)]
    public int MinReadyNodes { get; set; } = 1;

    /// <summary>Most nodes cordoned at once, whoever did it: never two failure domains.</summary>
    [Range(1, 1000)]
    public int MaxCordonedNodes { get; set; } = 1;

    /// <summary>Age up to which a reading of the cluster may authorise a call.</summary>
    public TimeSpan ChecksValidFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for preconditions and dry run: several calls of at most ten seconds.</summary>
    public TimeSpan ChecksTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an approval stands: one given before an outage must not act after it.</summary>
    public TimeSpan ApprovalValidFor { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest wait for the answer to a call before the cluster is read back instead.</summary>
    public TimeSpan ExecuteTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a call of unknown outcome is looked for on the cluster; longer than any call can be under
    /// way.</summary>
    public TimeSpan ReadBackFor { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>Time between two looks at an effect.</summary>
    public TimeSpan ObserveEvery { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Time after which a look that was not answered is asked for again.</summary>
    public TimeSpan ObserveTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most attempts to undo; then a person has to look.</summary>
    [Range(1, 20)]
    public int MaxUndoAttempts { get; set; } = 3;

    /// <summary>Least time before something blocked or lapsed is proposed again for the same incident.</summary>
    public TimeSpan ReproposeAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Most operations proposed for one incident: a cause that keeps changing must not flood people.</summary>
    [Range(1, 100)]
    public int MaxProposalsPerIncident { get; set; } = 10;

    /// <summary>Least time between two operations on one target when a person asks: long enough to see what the last
    /// one did.</summary>
    public TimeSpan ManualCooldown { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an operation a person asked for waits for its approval.</summary>
    public TimeSpan ManualExpiresAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long the proposal to open a cordoned node again stands: until somebody's next working
    /// day.</summary>
    public TimeSpan LiftExpiresAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long the effect of an operation a person asked for may take.</summary>
    public TimeSpan ManualVerifyWithin { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Most operations that may be live at once; further ones are refused. A page of them is all a person
    /// can judge.</summary>
    [Range(1, 10000)]
    public int MaxLive { get; set; } = 200;

    /// <summary>Finished operations kept in mind for cooldowns and budgets.</summary>
    [Range(10, 100_000)]
    public int MaxRemembered { get; set; } = 2000;

    /// <summary>Incidents kept in mind; the ones longest over go first.</summary>
    [Range(10, 100_000)]
    public int MaxIncidents { get; set; } = 1000;

    /// <summary>Commands whose answer is kept, so that one read twice is carried out once.</summary>
    [Range(10, 100_000)]
    public int MaxCommands { get; set; } = 1000;
}
