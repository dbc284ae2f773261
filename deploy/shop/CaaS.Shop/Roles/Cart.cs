namespace CaaS.Shop.Roles;

/// <summary>Keeps carts in memory; asks the catalogue before it takes an item.</summary>
internal static class Cart
{
    /// <summary>Maps the cart routes.</summary>
    public static void Map(WebApplication app)
    {
        app.MapPost("/items", async (string sku, Callee callee, Work work, CancellationToken cancellation) =>
        {
            Work.Compute(300);
            await callee.SendAsync(
                HttpMethod.Get, "catalogue", $"/products/{Uri.EscapeDataString(sku)}", cancellation);
            await work.WaitAsync(5, cancellation);
        });
        app.MapGet("/items", async (Work work, CancellationToken cancellation) =>
        {
            Work.Compute(200);
            await work.WaitAsync(5, cancellation);
        });
    }
}
