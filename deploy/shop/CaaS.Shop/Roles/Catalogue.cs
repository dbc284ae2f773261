namespace CaaS.Shop.Roles;

/// <summary>Lists products; asks stock what is there.</summary>
internal static class Catalogue
{
    /// <summary>Maps the product routes.</summary>
    public static void Map(WebApplication app)
    {
        app.MapGet("/products", async (Callee callee, Work work, CancellationToken cancellation) =>
        {
            Work.Compute(600);
            await work.WaitAsync(6, cancellation);
            await callee.SendAsync(HttpMethod.Get, "stock", "/levels", cancellation);
        });
        app.MapGet("/products/{sku}", async (string sku, Callee callee, Work work, CancellationToken cancellation) =>
        {
            Work.Compute(300);
            await work.WaitAsync(4, cancellation);
            await callee.SendAsync(HttpMethod.Get, "stock", $"/levels/{Uri.EscapeDataString(sku)}", cancellation);
        });
    }
}
