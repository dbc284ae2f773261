namespace CaaS.Rca.Findings;

/// <summary>What a workload served in one step of a rollout.</summary>
/// <param name="At">Its end, unix seconds.</param>
/// <param name="Dose">Share of the measured pods that are new, 0 to 1.</param>
/// <param name="Served">Requests served.</param>
/// <param name="Failed">Those of them that failed.</param>
/// <param name="Time">Time spent on them, in the unit of the series.</param>
internal readonly record struct DoseStep(double At, double Dose, double Served, double Failed, double Time)
{
    public double FailedShare => Failed / Served;

    public double MeanTime => Time / Served;
}
