namespace CaaS.Client.Wire;

/// <summary>Where a version of a model is in its life.</summary>
public enum ModelState
{
    /// <summary>Trained, not yet tried.</summary>
    Candidate = 0,

    /// <summary>Tried on everything people judge, and believed in nothing.</summary>
    Shadow = 1,

    /// <summary>The one that is believed.</summary>
    Active = 2,

    /// <summary>Kept, and not used.</summary>
    Retired = 3,
}
