namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>One way in which an entity can look bad.</summary>
internal enum Channel
{
    /// <summary>Requests take longer.</summary>
    Latency = 0,

    /// <summary>More requests fail.</summary>
    Errors = 1,

    /// <summary>Less of what should be much.</summary>
    Health = 2,

    /// <summary>More of a resource is used.</summary>
    Usage = 3,

    /// <summary>Less of a resource is used.</summary>
    Idle = 4,

    /// <summary>Something that requests wait for is full.</summary>
    Saturation = 5,

    /// <summary>Packets are lost.</summary>
    Loss = 6,

    /// <summary>More is held.</summary>
    Held = 7,

    /// <summary>More requests.</summary>
    Busier = 8,

    /// <summary>Fewer requests.</summary>
    Calmer = 9,

    /// <summary>More of a resource for each request.</summary>
    Costlier = 10,

    /// <summary>One part is slower than the other parts.</summary>
    Uneven = 11,

    /// <summary>Series stopped while others went on.</summary>
    Silence = 12,

    /// <summary>Requests take another course.</summary>
    Sequence = 13,

    /// <summary>Its own part of requests takes longer.</summary>
    Delay = 14,

    /// <summary>The way to and from it takes longer.</summary>
    Way = 15,

    /// <summary>Lines it never wrote before.</summary>
    NewLine = 16,

    /// <summary>Known lines it writes more often.</summary>
    MoreLines = 17,

    /// <summary>Lines of others that name it.</summary>
    Named = 18,

    /// <summary>New lines of those that ask it.</summary>
    AskersNewLine = 19,

    /// <summary>Warning events nothing has had before.</summary>
    RareEvent = 20,

    /// <summary>Warning events that come now and then anyway.</summary>
    CommonEvent = 21,

    /// <summary>It was changed shortly before.</summary>
    Change = 22,

    /// <summary>New lines that others write as well.</summary>
    EchoedLine = 23,

    /// <summary>What it asks is asked more than all who ask explain.</summary>
    Amplifies = 24,
}
