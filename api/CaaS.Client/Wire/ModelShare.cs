namespace CaaS.Client.Wire;

/// <summary>A model's say in a forecast.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Weight">0 to 1; all models' are 1 together.</param>
public sealed record ModelShare(string Model, double Weight);
