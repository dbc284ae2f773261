namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>How harm goes from one entity to the next.</summary>
internal enum HarmSort
{
    /// <summary>A callee is slow or fails, and its caller with it.</summary>
    Call = 0,

    /// <summary>A node hurts what runs on it.</summary>
    Node = 1,

    /// <summary>A volume hurts what stores on it.</summary>
    Volume = 2,

    /// <summary>What is asked without spans, such as for names, hurts who asks.</summary>
    Asked = 3,

    /// <summary>Users ask too much.</summary>
    Users = 4,

    /// <summary>A caller asks too much of its callee.</summary>
    Load = 5,

    /// <summary>What shares a node takes its processors.</summary>
    Neighbour = 6,

    /// <summary>What a cache no longer answers is asked of the store behind it.</summary>
    Spill = 7,
}
