namespace CaaS.Client.Wire;

/// <summary>How the platform itself is.</summary>
/// <param name="Version">Version that runs.</param>
/// <param name="Now">Its clock, UTC.</param>
/// <param name="StartedAt">When it started, UTC.</param>
/// <param name="Ready">True when every stage keeps up.</param>
/// <param name="KillSwitch">True when no operation may be sent.</param>
/// <param name="Stages">Stages, in the order data flows.</param>
/// <param name="Sources">Sources, by name.</param>
/// <param name="Learning">How far the series are learned.</param>
public sealed record PlatformStatus(
    string Version,
    DateTimeOffset Now,
    DateTimeOffset StartedAt,
    bool Ready,
    bool KillSwitch,
    IReadOnlyList<StageStatus> Stages,
    IReadOnlyList<SourceStatus> Sources,
    LearningStatus Learning);
