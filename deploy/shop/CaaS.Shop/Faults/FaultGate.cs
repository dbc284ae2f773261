namespace CaaS.Shop.Faults;

/// <summary>Breaks served requests as the faults in force say.</summary>
internal sealed class FaultGate(RequestDelegate next, FaultBoard faults, Work work, TimeProvider time)
{
    /// <summary>Passes a request on, late, never, or not at all.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (Probes.IsPlumbing(context.Request.Path))
        {
            await next(context);
            return;
        }

        if (faults.ValueOf(FaultKind.Latency) is > 0 and var ms)
        {
            await work.WaitAsync(ms, context.RequestAborted);
        }

        if (IsDrawn(FaultKind.Timeout))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted);
        }

        if (IsDrawn(FaultKind.Errors))
        {
            throw new InvalidOperationException("The storage engine answered with an unexpected record.");
        }

        await next(context);
    }

    private bool IsDrawn(FaultKind kind) =>
        faults.ValueOf(kind) is > 0 and var percent && work.Draw() * 100 < percent;
}
