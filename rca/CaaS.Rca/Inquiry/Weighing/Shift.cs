namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>How a series stands after the onset against before.</summary>
/// <param name="Nats">Log-tail of how far its middle moved, either way; 0 within chance.</param>
/// <param name="Size">How far, on the scale of its meaning: a log ratio, or points of a share; above zero is
/// more.</param>
/// <param name="Together">Correlation of its course with the symptom's, -1 to 1; 0 when unknown.</param>
/// <param name="LagSeconds">When it moved, against the onset; below zero is earlier.</param>
internal readonly record struct Shift(double Nats, double Size, double Together, double LagSeconds);
