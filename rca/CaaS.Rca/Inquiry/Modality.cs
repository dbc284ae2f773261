namespace CaaS.Rca.Inquiry;

/// <summary>Where a clue comes from; what one modality may say is capped.</summary>
public enum Modality
{
    /// <summary>Level of a series.</summary>
    Metric = 0,

    /// <summary>How much of the symptom a node adds by itself.</summary>
    Budget = 1,

    /// <summary>Order of events inside a request.</summary>
    Sequence = 2,

    /// <summary>Time of requests inside an entity.</summary>
    Delay = 3,

    /// <summary>Alerts of other systems.</summary>
    Alert = 4,

    /// <summary>Templates of logs.</summary>
    Log = 5,

    /// <summary>Changes.</summary>
    Change = 6,

    /// <summary>Time on the way between two entities.</summary>
    Way = 7,

    /// <summary>Warning events.</summary>
    Event = 8,

    /// <summary>Where an entity stands among the others.</summary>
    Topology = 9,
}
