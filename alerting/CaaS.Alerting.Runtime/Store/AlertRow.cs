namespace CaaS.Alerting.Runtime.Store;

/// <summary>An alert: what is asked by, and the noun as JSON.</summary>
internal sealed class AlertRow
{
    public string Id { get; set; } = "";

    public string Scope { get; set; } = "";

    public int Revision { get; set; }

    public int Status { get; set; }

    public int Severity { get; set; }

    public string Assignee { get; set; } = "";

    public bool IsSilenced { get; set; }

    public long ChangedAtMs { get; set; }

    /// <summary>Title, verdict, entity and fault class in lower case.</summary>
    public string Words { get; set; } = "";

    public string Json { get; set; } = "";

    /// <summary>Probability that it is worth telling, or null.</summary>
    public double? Usefulness { get; set; }
}
