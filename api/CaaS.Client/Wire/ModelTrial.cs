namespace CaaS.Client.Wire;

/// <summary>How a version did on judged incidents that neither it nor its rival had learned from.</summary>
/// <param name="Count">Incidents.</param>
/// <param name="Useful">Of those, worth telling.</param>
/// <param name="Loss">Mean log loss, nats an incident; lower is better.</param>
/// <param name="RivalLoss">The rival's.</param>
/// <param name="Rival">Another version, or <c>base rate</c>.</param>
/// <param name="GainLow">The gain is at least this with 99 % certainty; null of fewer than two.</param>
public sealed record ModelTrial(int Count, int Useful, double Loss, double RivalLoss, string Rival, double? GainLow);
