using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CaaS.Rca.Runtime.Storage.Migrations;

/// <summary>Makes the table of what people said of causes.</summary>
[DbContext(typeof(RcaDbContext))]
[Migration("20261123000000_Feedback")]
public sealed class Feedback : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.CreateTable(
            "rca_feedback",
            table => new
            {
                IncidentId = table.Column<string>(nullable: false),
                Scope = table.Column<string>(nullable: false),
                AtMs = table.Column<long>(nullable: false),
                Json = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_rca_feedback", row => row.IncidentId));
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.DropTable("rca_feedback");
    }
}
