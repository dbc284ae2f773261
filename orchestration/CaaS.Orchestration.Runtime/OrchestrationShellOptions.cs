namespace CaaS.Orchestration.Runtime;

/// <summary>Settings of the shell; section <c>Orchestration</c>, beside the numbers of the rails.</summary>
public sealed class OrchestrationShellOptions
{
    /// <summary>Policy files, YAML; empty for the ones that come with the platform.</summary>
    public List<string> PolicyFiles { get; set; } = [];

    /// <summary>Path of the kill-switch file; empty: <c>kill-switch</c> in <c>Platform:DataFolder</c>.</summary>
    public string KillSwitchFile { get; set; } = "";

    /// <summary>True where a recording is replayed: its state is judged, and there is nothing to act on.</summary>
    public bool Recording { get; set; }

    /// <summary>How far back incidents are read again at a start: what is still open is not older, or is in the
    /// ledger.</summary>
    public TimeSpan WarmUp { get; set; } = TimeSpan.FromHours(2);
}
