namespace CaaS.Client.Wire;

/// <summary>Which alerts come first.</summary>
public enum AlertOrder
{
    /// <summary>Last changed.</summary>
    Changed = 0,

    /// <summary>Likeliest worth telling; those no model has rated come last.</summary>
    Usefulness = 1,
}
