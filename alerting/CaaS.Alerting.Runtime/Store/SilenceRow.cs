namespace CaaS.Alerting.Runtime.Store;

/// <summary>A silence.</summary>
internal sealed class SilenceRow
{
    public string Id { get; set; } = "";

    public string Scope { get; set; } = "";

    public long UntilMs { get; set; }

    public string Json { get; set; } = "";
}
