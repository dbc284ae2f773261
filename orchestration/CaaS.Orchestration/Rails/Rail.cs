namespace CaaS.Orchestration.Rails;

/// <summary>One guard: says whether it lets an operation pass, and why, with the numbers.</summary>
/// <param name="railCase">What to judge.</param>
/// <returns>The verdict, or null when the rail does not concern this operation.</returns>
internal delegate OperationCheck? Rail(RailCase railCase);
