namespace CaaS.Client.Wire;

/// <summary>When a cause is found, propose an operation, within guards.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Mode">How far it may go.</param>
/// <param name="Sentence">The policy in plain language.</param>
/// <param name="Yaml">The policy as it is written.</param>
public sealed record Policy(string Name, PolicyMode Mode, string Sentence, string Yaml);
