using CaaS.Rca.Ranking;

namespace CaaS.Rca.Incidents;

/// <summary>One incident that is not over, as it is worked on.</summary>
internal sealed class OpenIncident(string id, DateTimeOffset openedAt)
{
    public string Id { get; } = id;

    public DateTimeOffset OpenedAt { get; } = openedAt;

    public DateTimeOffset Onset { get; set; } = openedAt;

    public DateTimeOffset ChangedAt { get; set; } = openedAt;

    public DateTimeOffset? ResolvedAt { get; set; }

    public int Revision { get; set; }

    public IncidentStatus Status { get; set; } = IncidentStatus.Open;

    public string MergedInto { get; set; } = "";

    /// <summary>The title given when it was opened, until a cause stands out.</summary>
    public string FirstTitle { get; set; } = "";

    public Judgement Judgement { get; set; } = Judgement.None;

    /// <summary>What earlier judgements leave to later ones.</summary>
    public Memory Memory { get; } = new();

    /// <summary>Steps of its own life.</summary>
    public List<TimelineEntry> Steps { get; } = [];

    /// <summary>When it was last judged, and by what knowledge.</summary>
    public (DateTimeOffset At, long Knowledge) Judged { get; set; }

    /// <summary>It had a symptom that is not just a cause that remains.</summary>
    public bool HasImpact { get; set; }

    public DateTimeOffset? QuietSince { get; set; }

    /// <summary>What the last record said, so that nothing is said twice.</summary>
    public string LastSaid { get; set; } = "";

    public string LastFirstCause { get; set; } = "";

    public bool IsOpen => Status is IncidentStatus.Open or IncidentStatus.Mitigated;
}
