namespace CaaS.Shop.Faults;

/// <summary>Switches faults at run time; they end with the process.</summary>
internal static class FaultEndpoints
{
    /// <summary>Maps <c>GET /faults</c> and <c>POST /faults?kind=…&amp;value=…&amp;seconds=…</c>.</summary>
    public static void MapFaults(this WebApplication app)
    {
        app.MapGet("/faults", (FaultBoard faults) => Results.Json(Describe(faults)));
        app.MapPost("/faults", (FaultBoard faults, string kind, double value, double? seconds) =>
        {
            if (!Enum.TryParse<FaultKind>(kind, ignoreCase: true, out var known)
                || !double.IsFinite(value) || seconds is <= 0 or > 86_400 or double.NaN)
            {
                return Results.Text(
                    $"kind is one of {string.Join(", ", Enum.GetNames<FaultKind>())}; value is a number; " +
                    "seconds, if given, is more than 0 and at most 86400",
                    statusCode: 400);
            }

            faults.Set(known, value, seconds is { } length ? TimeSpan.FromSeconds(length) : null);
            return Results.Json(Describe(faults));
        });
    }

    private static object[] Describe(FaultBoard faults) =>
        [.. faults.Active.Select(fault => new { kind = $"{fault.Kind}".ToLowerInvariant(), fault.Value, fault.Until })];
}
