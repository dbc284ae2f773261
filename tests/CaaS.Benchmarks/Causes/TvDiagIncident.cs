using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.Causes;

/// <summary>One incident of TVDiag.</summary>
/// <param name="Truth">Name of the instance at fault; empty when it is held back.</param>
/// <param name="IsTest">Whether it is of the test split.</param>
/// <param name="Case">What is known.</param>
internal sealed record TvDiagIncident(string Truth, bool IsTest, CauseCase Case);
