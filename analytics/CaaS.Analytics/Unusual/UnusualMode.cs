namespace CaaS.Analytics.Unusual;

/// <summary>What becomes of unusual points.</summary>
public enum UnusualMode
{
    /// <summary>Nothing is looked for, and no state is kept.</summary>
    Off = 0,

    /// <summary>Looked for, counted and shown in the platform's status, but not published.</summary>
    Shadow = 1,

    /// <summary>Published as anomalies of the kind <see cref="AnomalyKind.Unusual"/>.</summary>
    On = 2,
}
