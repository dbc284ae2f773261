using System.Text;
using CaaS.Analytics.Runtime.Documents;
using CaaS.Analytics.Text;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Analytics.Tests.Runtime;

public class DocumentFileTests
{
    [Fact]
    public void Markdown_becomes_sections_of_plain_text()
    {
        var document = Read("a.md", """
            ---
            title: "Leaks"
            tags: [memory, cart]
            services:
              - shop/Deployment/cart
            ---
            # Leaks
            Intro with a [link](http://x/y) and `OOMKilled`.
            ## Act ##
            * **Roll** back<br>
            ```sh
            # not a heading
            kubectl get pods
            ```
            Old style
            ---------
            End.
            """);

        Assert.Equal("Leaks", document.Title);
        Assert.Equal(["memory", "cart", "shop/Deployment/cart", "OOMKilled"], document.Labels);
        Assert.Equal(
            [
                new TextSection("", "Intro with a link and OOMKilled."),
                new TextSection("Act", "* Roll back\n# not a heading\nkubectl get pods"),
                new TextSection("Old style", "End."),
            ],
            document.Sections);
    }

    [Fact]
    public void Html_becomes_sections_of_plain_text_without_scripts()
    {
        var document = Read("a.html", """
            <html><head><title>Node &amp; pods</title><style>h1{}</style></head><body><!-- <h1>no</h1> -->
            <h1>Node &amp; pods</h1><p>It is <b>NotReady</b>,
            and a < b.<h2 class="x">Act</h2><ul><li>cordon</li><li>drain</li></ul>
            <script>alert("<h2>no</h2>")</SCRIPT><p>&lt;script&gt;
            """);

        Assert.Equal("Node & pods", document.Title);
        Assert.Equal(
            [new TextSection("", "It is NotReady,\nand a < b."), new TextSection("Act", "cordon\ndrain\n<script>")],
            document.Sections);
    }

    [Fact]
    public void Plain_text_has_its_first_line_for_a_title()
    {
        var document = Read("a.txt", "\uFEFFDisk full\n=========\n\nMake room.\n\nHOW TO\nDelete.\n\nAfterwards:\nWait.\n");

        Assert.Equal("Disk full", document.Title);
        Assert.Equal(
            [new TextSection("", "Make room."), new TextSection("HOW TO", "Delete."), new TextSection("Afterwards", "Wait.")],
            document.Sections);
    }

    [Theory]
    [InlineData("sub/empty.md", "")]
    [InlineData("sub/empty.html", "<script>")]
    [InlineData("sub/empty.txt", "\n\n")]
    [InlineData("sub/empty.md", "---")]
    public void What_holds_nothing_is_called_by_its_file(string path, string text) =>
        Assert.Equal(("empty", path), (Read(path, text).Title, Read(path, text).Id));

    [Property]
    public bool Any_bytes_are_borne(byte[] bytes)
    {
        string[] names = ["a.md", "a.html", "a.txt"];
        return names.All(name => DocumentFile.Read(name, bytes).Title.Length > 0);
    }

    private static TextDocument Read(string path, string text) => DocumentFile.Read(path, Encoding.UTF8.GetBytes(text));
}
