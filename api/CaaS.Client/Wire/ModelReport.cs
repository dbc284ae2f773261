namespace CaaS.Client.Wire;

/// <summary>The model that learns from people's feedback.</summary>
/// <param name="Notice">What is waited for or what went wrong; empty when nothing is.</param>
/// <param name="Versions">Versions, newest first.</param>
public sealed record ModelReport(string Notice, IReadOnlyList<ModelVersion> Versions);
