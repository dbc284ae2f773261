namespace CaaS.Shop.Roles;

/// <summary>Knows what is on the shelves; calls nobody.</summary>
internal static class Stock
{
    /// <summary>Maps the stock routes.</summary>
    public static void Map(WebApplication app)
    {
        app.MapGet("/levels", (Work work, CancellationToken cancellation) => ReadAsync(work, 500, 8, cancellation));
        app.MapGet("/levels/{sku}", (Work work, CancellationToken cancellation) =>
            ReadAsync(work, 200, 5, cancellation));
        app.MapPost("/reservations", (Work work, CancellationToken cancellation) =>
            ReadAsync(work, 300, 9, cancellation));
    }

    private static async Task ReadAsync(Work work, int microseconds, double waitMs, CancellationToken cancellation)
    {
        Work.Compute(microseconds);
        await work.WaitAsync(waitMs, cancellation);
    }
}
