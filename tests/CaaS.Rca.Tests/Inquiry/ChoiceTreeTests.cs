using CaaS.Rca.Inquiry.Weighing;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Rca.Tests.Inquiry;

/// <summary>What a tree says of a row, and how it is written down.</summary>
public class ChoiceTreeTests
{
    private const string Line = "0 1 2|1 2 3|-0.5 0.25 1 2";

    [Theory]
    [InlineData(1, 2, 9, -0.5)]
    [InlineData(1, 2.5, 9, 0.25)]
    [InlineData(1.5, 9, 3, 1)]
    [InlineData(1.5, 9, 3.5, 2)]
    public void A_row_goes_the_first_way_up_to_the_cut_and_the_second_above_it(double first, double second, double third, double worth) =>
        Assert.Equal(worth, ChoiceTree.Parse(Line, 3).Of([first, second, third]));

    [Theory]
    [InlineData("")]
    [InlineData("0|1")]
    [InlineData("0|1|2")]
    [InlineData("0 1|1 2|1 2 3")]
    [InlineData("0|1 2|1 2")]
    [InlineData("3|1|1 2")]
    [InlineData("-1|1|1 2")]
    [InlineData("0.5|1|1 2")]
    [InlineData("a|1|1 2")]
    [InlineData("0|1|1 2|3")]
    public void What_is_no_tree_is_refused(string line) => Assert.Throws<FormatException>(() => ChoiceTree.Parse(line, 3));

    [Fact]
    public void A_fork_that_parts_nothing_leads_every_row_the_first_way() =>
        Assert.Equal(1, ChoiceTree.Parse(new ChoiceTree([0], [double.PositiveInfinity], [1, 2]).ToString(), 1).Of([1e300]));

    [Property]
    public bool What_is_written_is_read_again(short[] cuts)
    {
        int[] columns = [0, 1, 0];
        var tree = new ChoiceTree(columns, [.. columns.Select((_, at) => at < cuts.Length ? cuts[at] : 0.5)], [0.25, -1, 0, 3]);

        return ChoiceTree.Parse(tree.ToString(), 2).ToString() == tree.ToString();
    }
}
