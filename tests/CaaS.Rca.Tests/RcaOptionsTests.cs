using System.ComponentModel.DataAnnotations;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>Settings that make no sense are refused by their key.</summary>
public class RcaOptionsTests
{
    public static TheoryData<RcaOptions, string> Senseless() => new()
    {
        { new RcaOptions { MaxSpans = -1 }, "Rca:MaxSpans must lie between 0 and 1000000." },
        { new RcaOptions { SpanWindow = TimeSpan.FromSeconds(1) }, "Rca:SpanWindow must lie between 2 minutes and 2 hours." },
    };

    [Theory]
    [MemberData(nameof(Senseless))]
    public void A_senseless_limit_is_refused_by_its_key(RcaOptions options, string message)
    {
        var refused = new List<ValidationResult>();

        Assert.False(Validator.TryValidateObject(options, new ValidationContext(options), refused, validateAllProperties: true));
        Assert.Equal([message], refused.Select(result => result.ErrorMessage));
    }
}
