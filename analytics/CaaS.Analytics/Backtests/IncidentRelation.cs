namespace CaaS.Analytics.Backtests;

/// <summary>What a firing and an incident have to do with each other.</summary>
public enum IncidentRelation
{
    /// <summary>Nothing: no incident was there when it fired, or nothing fired when it was there.</summary>
    None = 0,

    /// <summary>They fall together in time, but the incident does not name the entity.</summary>
    SameTime = 1,

    /// <summary>They fall together in time, and the incident names the entity.</summary>
    SameEntity = 2,
}
