namespace CaaS.Client.Wire;

/// <summary>What a person says of an incident.</summary>
public enum FeedbackVerdict
{
    /// <summary>It was right to tell, and the cause is one of those listed.</summary>
    Confirmed = 0,

    /// <summary>It was right to tell, but the cause was another.</summary>
    Wrong = 1,

    /// <summary>Nobody should have been told.</summary>
    Noise = 2,
}
