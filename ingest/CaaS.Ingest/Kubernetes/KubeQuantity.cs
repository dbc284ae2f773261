using System.Globalization;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Reads Kubernetes resource quantities such as <c>250m</c>, <c>64Mi</c>, <c>1e3</c> and <c>2</c>.</summary>
/// <remarks>Follows https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ except that the
/// value is a double: the platform compares quantities, it does not bill them.</remarks>
public static class KubeQuantity
{
    /// <summary>Reads a quantity.</summary>
    /// <param name="text">Text to read; may be empty.</param>
    /// <param name="value">Its value in cores, bytes or what else it counts; 0 when the answer is false.</param>
    /// <returns>False when the text is no finite quantity.</returns>
    public static bool TryParse(string text, out double value)
    {
        var (suffixSize, factor) = FactorOf(text);
        var number = text.AsSpan(0, text.Length - suffixSize);
        var isNumber = double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value * factor);
        value = isNumber ? value * factor : 0;
        return isNumber;
    }

    /// <summary>Writes a value as the facts hold it: invariant and without a needless fraction.</summary>
    /// <param name="value">Finite value.</param>
    /// <returns>Decimal text.</returns>
    public static string Format(double value) =>
        Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);

    private static (int SuffixSize, double Factor) FactorOf(string text)
    {
        if (text.Length > 2 && text[^1] == 'i')
        {
            var power = "KMGTPE".IndexOf(text[^2], StringComparison.Ordinal);
            return power < 0 ? (0, 1) : (2, Math.Pow(1024, power + 1));
        }

        return text.Length < 2 ? (0, 1) : text[^1] switch
        {
            'n' => (1, 1e-9),
            'u' => (1, 1e-6),
            'm' => (1, 1e-3),
            'k' => (1, 1e3),
            'M' => (1, 1e6),
            'G' => (1, 1e9),
            'T' => (1, 1e12),
            'P' => (1, 1e15),
            'E' => (1, 1e18),
            _ => (0, 1),
        };
    }
}
