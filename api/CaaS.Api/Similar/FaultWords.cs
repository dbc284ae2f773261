using CaaS.Rca.FaultClasses;

namespace CaaS.Api.Similar;

/// <summary>The words runbooks call the platform's fault classes by.</summary>
internal static class FaultWords
{
    /// <summary>What a fault class is called.</summary>
    /// <param name="faultClass">Its id.</param>
    public static string Name(string faultClass) =>
        $"{FaultCatalogue.Default.Find(faultClass)?.Title ?? faultClass} {faultClass}";

    /// <summary>What else is written about it; empty for a class that says enough itself.</summary>
    /// <param name="faultClass">Its id.</param>
    public static string Of(string faultClass) => FaultCatalogue.Default.Find(faultClass)?.Words ?? "";
}
