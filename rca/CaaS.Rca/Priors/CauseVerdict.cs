namespace CaaS.Rca.Priors;

/// <summary>What a person says of one cause.</summary>
public enum CauseVerdict
{
    /// <summary>It was the cause.</summary>
    Confirmed = 0,

    /// <summary>It was blamed, and was not the cause.</summary>
    Wrong = 1,

    /// <summary>Nothing can be learned of it: nobody should have been told of the incident.</summary>
    Withdrawn = 2,
}
